package io.engram.cli.command;

import io.engram.cli.stack.PrivateStack;
import io.engram.cli.view.Table;
import io.engram.localstack.LocalStack;
import io.engram.localstack.Service;
import java.io.PrintWriter;

/** What runs where. */
final class StackText {
    private StackText() {}

    static void print(PrivateStack own, PrintWriter out) {
        LocalStack stack = own.stack();
        Table table = new Table("results page", stack.page(Service.EVALUATOR).toString());
        for (Service service : Service.values()) {
            table.row(service.label(), "gRPC " + stack.grpcAddress(service));
        }
        table.row("Kafka", stack.kafka().bootstrapServers());
        table.row("PostgreSQL", stack.postgres().jdbcUrl());
        table.row("logs", stack.logFolder().toString());
        out.println(table);
    }
}
