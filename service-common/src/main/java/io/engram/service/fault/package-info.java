/** Crashes on purpose: {@link io.engram.service.fault.FaultPoints} marks the points where tests let a service die. */
package io.engram.service.fault;
