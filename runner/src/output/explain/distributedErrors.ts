/** Several processes: rendezvous, NCCL, ports. */
import type { Explainer } from "./explanation.js";

export const distributedErrors: Explainer = ({ message }, tail) => {
  if (/EADDRINUSE|Address already in use|address already in use/u.test(message)) {
    const port = /port(?:: | )(\d+)|:(\d{4,5})\b/u.exec(message)?.slice(1).find((group) => group !== undefined);
    return {
      kind: "distributed",
      sentence: `The port${port === undefined ? "" : ` ${port}`} for the processes to meet at is taken, probably by another run.`,
      advice: ["Give this run another port: torchrun --master-port 0, or accelerate launch --main_process_port 0.", "See whether an earlier run is still alive."],
      ...(port === undefined ? {} : { details: { port } }),
    };
  }
  if (/Watchdog caught collective operation timeout|Timed out waiting|collective operation timeout|timed out in .*(?:barrier|store)/iu.test(`${message}\n${/NCCL/u.test(message) ? tail : ""}`)) {
    return {
      kind: "distributed",
      sentence: "The processes waited for each other until NCCL's time was up.",
      advice: [
        "See what each rank did last: one may have failed, or have had fewer batches than the others.",
        "Work that only rank 0 does (mapping a dataset) needs a longer ddp_timeout.",
        "Run with NCCL_DEBUG=INFO to see more.",
      ],
    };
  }
  if (/NCCL error|ncclUnhandledCudaError|ncclSystemError|ncclInternalError/u.test(message)) {
    return { kind: "distributed", sentence: "NCCL, which joins the GPUs, failed.", advice: ["Run with NCCL_DEBUG=INFO to see why.", "In a container, give it more shared memory: --shm-size=1g.", "Try NCCL_P2P_DISABLE=1."] };
  }
  if (/Expected to have finished reduction in the prior iteration/u.test(message)) {
    return { kind: "distributed", sentence: "Some parameters took no part in the loss, which several GPUs don't allow.", advice: ["Set ddp_find_unused_parameters=True, or freeze those parameters."] };
  }
  return undefined;
};
