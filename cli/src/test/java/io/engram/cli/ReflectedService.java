package io.engram.cli;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Calls a service by what server reflection says of it, as clients do that know nothing of the contract. */
final class ReflectedService {
    private static final long LIMIT_SECONDS = 120;

    private final Channel channel;
    private final Map<String, FileDescriptor> files = new HashMap<>();

    ReflectedService(Channel channel) {
        this.channel = channel;
    }

    /** What the server has. */
    List<String> services() throws InterruptedException {
        return ask(ServerReflectionRequest.newBuilder().setListServices("*").build())
                .getListServicesResponse()
                .getServiceList()
                .stream()
                .map(ServiceResponse::getName)
                .toList();
    }

    /** The methods of a service. */
    List<String> methods(String service) throws Exception {
        return read(ask(request(service)))
                .findServiceByName(service.substring(service.lastIndexOf('.') + 1))
                .getMethods()
                .stream()
                .map(Descriptors.MethodDescriptor::getName)
                .toList();
    }

    /** Sends a request in JSON, and gives all responses in JSON. */
    List<String> call(String service, String method, String request) throws Exception {
        FileDescriptor file = read(ask(request(service)));
        var reflected = file.findServiceByName(service.substring(service.lastIndexOf('.') + 1))
                .findMethodByName(method);
        DynamicMessage.Builder message = DynamicMessage.newBuilder(reflected.getInputType());
        JsonFormat.parser().merge(request, message);
        MethodDescriptor<DynamicMessage, DynamicMessage> descriptor =
                MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                        .setType(
                                reflected.isServerStreaming()
                                        ? MethodDescriptor.MethodType.SERVER_STREAMING
                                        : MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
                        .setRequestMarshaller(
                                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(reflected.getInputType())))
                        .setResponseMarshaller(
                                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(reflected.getOutputType())))
                        .build();
        List<String> responses = new ArrayList<>();
        ClientCalls.blockingServerStreamingCall(
                        channel,
                        descriptor,
                        CallOptions.DEFAULT.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS),
                        message.build())
                .forEachRemaining(response -> responses.add(json(response)));
        return responses;
    }

    private static ServerReflectionRequest request(String symbol) {
        return ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(symbol)
                .build();
    }

    private ServerReflectionResponse ask(ServerReflectionRequest request) throws InterruptedException {
        BlockingQueue<ServerReflectionResponse> responses = new LinkedBlockingQueue<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        responses.add(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        responses.add(ServerReflectionResponse.getDefaultInstance());
                    }

                    @Override
                    public void onCompleted() {
                        // There was one question.
                    }
                });
        requests.onNext(request);
        ServerReflectionResponse response = responses.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        requests.onCompleted();
        return response;
    }

    /** The first file of a response, which others of it, or the service, complete. */
    private FileDescriptor read(ServerReflectionResponse response)
            throws InvalidProtocolBufferException, DescriptorValidationException, InterruptedException {
        List<FileDescriptorProto> protos = new ArrayList<>();
        for (var bytes : response.getFileDescriptorResponse().getFileDescriptorProtoList()) {
            protos.add(FileDescriptorProto.parseFrom(bytes));
        }
        Map<String, FileDescriptorProto> known = new HashMap<>();
        protos.forEach(proto -> known.put(proto.getName(), proto));
        return link(protos.get(0), known);
    }

    private FileDescriptor link(FileDescriptorProto proto, Map<String, FileDescriptorProto> known)
            throws InvalidProtocolBufferException, DescriptorValidationException, InterruptedException {
        if (!files.containsKey(proto.getName())) {
            List<FileDescriptor> imports = new ArrayList<>();
            for (String name : proto.getDependencyList()) {
                imports.add(
                        known.containsKey(name)
                                ? link(known.get(name), known)
                                : read(ask(ServerReflectionRequest.newBuilder()
                                        .setFileByFilename(name)
                                        .build())));
            }
            files.put(proto.getName(), FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new)));
        }
        return files.get(proto.getName());
    }

    private static String json(DynamicMessage message) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
