package io.engram.learning.method;

import io.engram.learning.head.Heads;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.List;

/**
 * Gradient projection memory (Saha, Garg and Roy 2021, "Gradient Projection Memory for Continual Learning", algorithms 1 and
 * 2): the gradient of a layer lies in the span of its inputs, so that a step which is orthogonal to the inputs of earlier tasks
 * leaves what they give as it was. After a task, the memory of each layer takes up the left singular vectors {@code M} of what
 * samples of the task gave as inputs, as few as hold the share {@code threshold} of their squared length together with what was
 * there (equations 5, 8 and 9); from then on a gradient {@code G} is {@code G - G M M'} (equations 6 and 7).
 *
 * <p>The threshold grows with the tasks, as the authors set it for CIFAR-100. Singular vectors are found as eigenvectors of the
 * inputs' second moments, in double precision, so that no task's inputs need be held at once. The paper's networks have no biases;
 * in the authors' code, vectors (there those of batch normalisation) are learned with the first task alone, and so they are here,
 * biases too. In the head, rows of new classes are free. The promise holds for plain gradient descent without weight decay.
 */
final class GradientProjectionMemory implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "gpm",
            "Gradient projection memory: steps are orthogonal to what layers were given by earlier tasks",
            "Saha, Garg and Roy 2021, Gradient Projection Memory for Continual Learning",
            List.of(
                    new Setting.Number(
                            "threshold",
                            "Share of the squared length of a layer's inputs that its memory holds after the first task",
                            0.97,
                            0,
                            true,
                            1),
                    new Setting.Number(
                            "threshold_growth",
                            "Added to the threshold with every further task, up to 1",
                            0.003,
                            0,
                            false,
                            1),
                    new Setting.Whole(
                            "representation_samples",
                            "Training samples of a task that the memory learns from",
                            125,
                            1,
                            1_000_000_000)),
            GradientProjectionMemory::new);

    private final Settings settings;

    private GradientProjectionMemory(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  return [self.cross_entropy(logits, y, t), logits]
                def adjusted(self, gradients: List[Optional[Tensor]], outcome: List[Tensor]) -> List[Optional[Tensor]]:
                  result = annotate(List[Optional[Tensor]], [])
                  layer = 0
                  for k in range(len(gradients)):
                    g = gradients[k]
                    if g is None:
                      torch.append(result, g)
                    else:
                      torch.append(result, self.free(g, k, layer))
                    if torch.gt(torch.dim(self.parameters[k]), 1):
                      layer = torch.add(layer, 1)
                  return result
                def free(self, g: Tensor, k: int, layer: int) -> Tensor:
                  result = g
                  if torch.gt(len(self.bases), 0):
                    old = torch.size(g, 0)
                    if torch.ge(torch.add(k, 2), len(self.parameters)):
                      old = int(self.classes[0])
                    new = torch.narrow(g, 0, old, torch.sub(torch.size(g, 0), old))
                    result = torch.cat([self.projected(torch.narrow(g, 0, 0, old), layer), new])
                  return result
                def projected(self, g: Tensor, layer: int) -> Tensor:
                  result = torch.zeros_like(g)
                  if torch.gt(torch.dim(g), 1):
                    rows = torch.flatten(g, 1)
                    basis = self.bases[layer]
                    known = torch.matmul(torch.matmul(rows, basis), torch.t(basis))
                    result = torch.sub(g, torch.reshape_as(known, g))
                  return result
                def represent(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  inputs = self.layer_inputs_of(self.parameters, self.statistics, x)
                  torch.append(inputs, self.features_of(self.parameters, self.statistics, False, x))
                  for k in range(len(inputs)):
                    vectors = torch.to(torch.detach(inputs[k]), 7)
                    moments = torch.matmul(torch.t(vectors), vectors)
                    if torch.lt(k, len(self.moments_of_inputs)):
                      sum = torch.add_(self.moments_of_inputs[k], moments)
                    else:
                      torch.append(self.moments_of_inputs, moments)
                  return torch.zeros([0])
                def extend(self) -> Tensor:
                  if torch.eq(len(self.classes), 0):
                    self.classes = [torch.tensor(0), torch.tensor(0)]
                  tasks = int(self.classes[1])
                  share = ops.prim.min(1., torch.add(%s, torch.mul(%s, tasks)))
                  for k in range(len(self.moments_of_inputs)):
                    moments = self.moments_of_inputs[k]
                    if torch.ge(k, len(self.bases)):
                      torch.append(self.bases, torch.to(torch.narrow(moments, 1, 0, 0), 6))
                    added = self.further(moments, torch.to(self.bases[k], 7), share)
                    self.bases[k] = torch.cat([self.bases[k], torch.to(added, 6)], 1)
                  torch.clear(self.moments_of_inputs)
                  self.classes = [torch.tensor(self.class_count(self.parameters)), torch.tensor(torch.add(tasks, 1))]
                  return torch.zeros([0])
                def further(self, moments: Tensor, basis: Tensor, share: float) -> Tensor:
                  known = torch.matmul(basis, torch.t(basis))
                  rest = torch.sub(torch.eye(torch.size(moments, 0), dtype=7, device=ops.prim.device(moments)), known)
                  left = torch.matmul(torch.matmul(rest, moments), rest)
                  return self.leading(left, torch.trace(moments), share)
                def leading(self, left: Tensor, total: Tensor, share: float) -> Tensor:
                  values, vectors, = torch.linalg_eigh(left)
                  lengths = torch.flip(values, [0])
                  held = torch.sub(total, torch.trace(left))
                  reached = torch.add(torch.cumsum(lengths, 0), held)
                  wanted = torch.mul(total, share)
                  count = 0
                  if bool(torch.lt(held, wanted)):
                    count = int(torch.add(torch.sum(torch.lt(reached, wanted)), 1))
                  count = ops.prim.min(count, int(torch.sum(torch.gt(lengths, torch.mul(total, 1e-10)))))
                  return torch.narrow(torch.flip(vectors, [1]), 1, 0, count)
                """.formatted(settings.number("threshold"), settings.number("threshold_growth"));
    }

    /** Bases of the layers, {@code [inputs, vectors]}; classes and tasks that they know; second moments while a task is looked at. */
    @Override
    public List<String> state() {
        return List.of("bases", "classes", "moments_of_inputs");
    }

    /** The gradient of a cosine is not in the span of what it is of. */
    @Override
    public List<String> heads() {
        return List.of(Heads.LINEAR);
    }

    @Override
    public void afterTask(TaskContext context) {
        int samples = settings.integer("representation_samples");
        context.trainLoader().again(samples, batch -> context.functions().call("represent", batch));
        context.functions().call("extend");
    }
}
