package io.engram.evaluator.api;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import io.engram.proto.evaluator.v1.GetSummaryResponse;
import io.engram.proto.evaluator.v1.ListEvaluationsResponse;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Puts the messages of the contract into the OpenAPI document, as their proto3 JSON looks, so that both cannot differ. The build
 * uses it, not the service.
 */
public class ContractSchemas implements OASFilter {
    private static final List<Descriptor> RESPONSES = List.of(
            GetAccuracyMatrixResponse.getDescriptor(),
            GetConfusionMatrixResponse.getDescriptor(),
            GetSummaryResponse.getDescriptor(),
            ListEvaluationsResponse.getDescriptor());

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        RESPONSES.forEach(message -> add(message, document.getComponents()));
    }

    private static void add(Descriptor message, Components components) {
        if (components.getSchemas() != null && components.getSchemas().containsKey(message.getName())) {
            return;
        }
        Schema schema = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        components.addSchema(message.getName(), schema);
        for (FieldDescriptor field : message.getFields()) {
            Schema one = single(field, components);
            schema.addProperty(
                    field.getJsonName(),
                    field.isRepeated()
                            ? OASFactory.createSchema()
                                    .addType(Schema.SchemaType.ARRAY)
                                    .items(one)
                            : one);
        }
    }

    private static Schema single(FieldDescriptor field, Components components) {
        Schema schema = OASFactory.createSchema();
        return switch (field.getJavaType()) {
            case STRING -> schema.addType(Schema.SchemaType.STRING);
            case INT -> schema.addType(Schema.SchemaType.INTEGER).format("int32");
            // Proto3 JSON writes 64-bit integers as strings, because JavaScript would round them.
            case LONG -> schema.addType(Schema.SchemaType.STRING).format("int64");
            case DOUBLE -> schema.addType(Schema.SchemaType.NUMBER).format("double");
            case MESSAGE -> message(field.getMessageType(), schema, components);
            default -> throw new IllegalStateException("no schema for " + field.getFullName());
        };
    }

    private static Schema message(Descriptor type, Schema schema, Components components) {
        if (type.equals(Timestamp.getDescriptor())) {
            return schema.addType(Schema.SchemaType.STRING).format("date-time");
        }
        add(type, components);
        return schema.ref(type.getName());
    }
}
