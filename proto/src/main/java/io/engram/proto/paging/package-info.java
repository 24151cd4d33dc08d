/** Pages of lists: {@link io.engram.proto.paging.Paging} reads what a list request asks for. */
package io.engram.proto.paging;
