/** Ends of logs. The messages are the libraries' own; the paths are made up. */

const site = "/home/ada/venv/lib/python3.11/site-packages";
export const script = "/home/ada/project/train.py";

/** A traceback of a script whose line 40 called into a library. */
export function raised(error: string, ...library: readonly string[]): string {
  const frames = library.map((frame) => {
    const [path = "", name = ""] = frame.split("#");
    return `  File "${site}/${path}", line 1537, in ${name}\n    return inner_training_loop(\n           ^^^^^^^^^^^^^^^^^^^^\n`;
  });
  return `Traceback (most recent call last):\n  File "${script}", line 52, in <module>\n    main()\n  File "${script}", line 40, in main\n    trainer.train()\n${frames.join("")}${error}\n`;
}

/** The same text as rank `rank` prints it. */
export function ofRank(rank: number, text: string): string {
  return text.replace(/^(?=.)/gmu, `[rank${rank}]: `);
}

export const oom = {
  "torch 1.12": "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 10.76 GiB total capacity; 9.52 GiB already allocated; 13.44 MiB free; 9.70 GiB reserved in total by PyTorch) If reserved memory is >> allocated memory try setting max_split_size_mb to avoid fragmentation.  See documentation for Memory Management and PYTORCH_CUDA_ALLOC_CONF",
  "torch 1.13":
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 10.76 GiB total capacity; 9.52 GiB already allocated; 13.44 MiB free; 9.70 GiB reserved in total by PyTorch) If reserved memory is >> allocated memory try setting max_split_size_mb to avoid fragmentation.  See documentation for Memory Management and PYTORCH_CUDA_ALLOC_CONF",
  "torch 2.1":
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 1 has a total capacty of 23.69 GiB of which 1.33 GiB is free. Including non-PyTorch memory, this process has 22.35 GiB memory in use. Of the allocated memory 20.91 GiB is allocated by PyTorch, and 1.10 GiB is reserved by PyTorch but unallocated. If reserved but unallocated memory is large try setting max_split_size_mb to avoid fragmentation.  See documentation for Memory Management and PYTORCH_CUDA_ALLOC_CONF",
  "torch 2.5":
    "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 512.00 MiB. GPU 0 has a total capacity of 79.10 GiB of which 301.88 MiB is free. Process 4242 has 61.20 GiB memory in use. Process 5151 has 17.58 GiB memory in use. Of the allocated memory 16.91 GiB is allocated by PyTorch, and 110.25 MiB is reserved by PyTorch but unallocated. If reserved but unallocated memory is large try setting PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation.  See documentation for Memory Management  (https://pytorch.org/docs/stable/notes/cuda.html#environment-variables)",
} as const;

/** What torchrun adds when a rank has failed. */
export const torchrunEpilogue = `E1123 10:00:03.123000 4242 torch/distributed/elastic/multiprocessing/api.py:874] failed (exitcode: 1) local_rank: 1 (pid: 4243) of binary: /home/ada/venv/bin/python
Traceback (most recent call last):
  File "/home/ada/venv/bin/torchrun", line 8, in <module>
    sys.exit(main())
  File "${site}/torch/distributed/run.py", line 918, in main
    run(args)
torch.distributed.elastic.multiprocessing.errors.ChildFailedError: 
============================================================
train.py FAILED
------------------------------------------------------------
Root Cause (first observed failure):
[0]:
  rank      : 1 (local_rank: 1)
  exitcode  : 1 (pid: 4243)
============================================================
`;
