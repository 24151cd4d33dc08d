/** Database access: {@link io.engram.service.persistence.JdbiProvider} gives the one {@code Jdbi} of a service. */
package io.engram.service.persistence;
