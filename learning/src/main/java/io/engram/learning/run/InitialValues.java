package io.engram.learning.run;

import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import io.engram.replay.SplitMix64;
import java.util.Arrays;

/**
 * Draws first values of parameters, in row-major order. Uniform values take one draw each; normal ones come in pairs from the
 * polar method (Marsaglia and Bray 1964), whose last value is dropped where their number is odd.
 */
record InitialValues(SplitMix64 random) {

    /** @param count how many: all of the parameter, or of rows that are added */
    float[] of(ParameterShape parameter, int count) {
        float[] values = new float[count];
        if (parameter.initial() instanceof Initial.Uniform uniform) {
            for (int i = 0; i < count; i++) {
                values[i] = (2 * random.nextFloat() - 1) * uniform.bound();
            }
        } else if (parameter.initial() instanceof Initial.Normal normal) {
            drawNormal(values, normal.deviation());
        } else if (parameter.initial() instanceof Initial.Constant constant) {
            Arrays.fill(values, constant.value());
        } else if (parameter.initial() instanceof Initial.Given given) {
            System.arraycopy(given.values(), 0, values, 0, count);
        }
        return values;
    }

    private void drawNormal(float[] values, double deviation) {
        for (int i = 0; i < values.length; i += 2) {
            double x;
            double y;
            double square;
            do {
                x = 2 * random.nextDouble() - 1;
                y = 2 * random.nextDouble() - 1;
                square = x * x + y * y;
            } while (square >= 1 || square == 0);
            // Math.log may differ between processors.
            double factor = deviation * Math.sqrt(-2 * StrictMath.log(square) / square);
            values[i] = (float) (x * factor);
            if (i + 1 < values.length) {
                values[i + 1] = (float) (y * factor);
            }
        }
    }
}
