/** The settings of the service, {@link io.engram.trainer.config.TrainerConfig}, and what is put together from them. */
package io.engram.trainer.config;
