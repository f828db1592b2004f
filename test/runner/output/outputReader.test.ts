/** What is understood of a script's output: recorded ones, and forms that libraries are known to print. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OutputReader } from "../../../runner/src/output/outputReader.js";
import { outputEventSchema } from "../../../runner/src/output/outputEvent.js";
import { read, show } from "./read.js";

const sample = (name: string): Buffer => readFileSync(new URL(`samples/${name}.log`, import.meta.url));

describe.each(["transformers-4.36", "transformers-4.57", "transformers-4.57-info", "transformers-5.18"])("a recorded training with %s", (name) => {
  const events = read(sample(name), { size: 50, msPerPiece: 40 });
  const metrics = events.filter((event) => event.kind === "metrics");

  it("gives the loss at every logged step, as numbers", () => {
    const losses = metrics.filter((event) => event.values?.["loss"] !== undefined);
    expect(losses.map(({ epoch }) => epoch)).toEqual([0.25, 0.5, 0.75, 1]);
    for (const { values } of losses) {
      expect(values?.["loss"]).toBeGreaterThan(4);
      expect(values?.["learning_rate"]).toBeTypeOf("number");
    }
    expect(losses[0]?.step).toBe(5);
    expect(losses.at(-1)?.step).toBeGreaterThanOrEqual(18);
  });

  it("tells the training's bar from the evaluations'", () => {
    const progress = events.filter((event) => event.kind === "progress");
    expect(new Set(progress.filter(({ bar }) => bar === "training").map(({ total }) => total))).toEqual(new Set([20]));
    expect(new Set(progress.filter(({ bar }) => bar === "evaluation").map(({ total }) => total))).toEqual(new Set([3]));
    expect(progress.filter(({ bar }) => bar === "training").at(-1)?.step).toBe(20);
  });

  it("tells the course of it, each thing once", () => {
    const course = events.filter((event) => event.kind === "event").map(({ event }) => event);
    expect(course.filter((event) => event !== "checkpoint")).toEqual(["start", "first step", "evaluation", "evaluation", "end", "evaluation"]);
  });

  it("gives the evaluation's figures and the summary", () => {
    expect(metrics.filter(({ values }) => values?.["eval_loss"] !== undefined).map(({ epoch }) => epoch)).toEqual([0.5, 1, 1]);
    expect(metrics.find(({ values }) => values?.["train_runtime"] !== undefined)?.values?.["train_loss"]).toBeGreaterThan(4);
  });

  it("reads the same in pieces of any size", () => {
    const metricsIn = (size: number): unknown[] => read(sample(name), { size }).filter(({ kind }) => kind === "metrics").map(({ values, epoch }) => ({ values, epoch }));
    for (const size of [1, 7, 64, 1000]) expect(metricsIn(size)).toEqual(metrics.map(({ values, epoch }) => ({ values, epoch })));
  });

  it("fits the schema of the run's folder", () => {
    for (const event of events) expect(outputEventSchema.parse(event)).toEqual(event);
  });
});

describe("checkpoints", () => {
  const checkpoints = (name: string): string[] => read(sample(name)).filter(({ event }) => event === "checkpoint").map(show);

  it("are told of in words where the script logs at info, each once", () => {
    expect(checkpoints("transformers-4.57-info")).toEqual(["checkpoint 10 out/checkpoint-10", "checkpoint 20 out/checkpoint-20"]);
  });

  it("go by the name that they end with", () => {
    expect(read("[INFO|trainer.py:2889] 2024-01-05 10:00:00,000 >> Saving model checkpoint to out/tmp-checkpoint-10\n").map(show)).toEqual(["checkpoint out/checkpoint-10"]);
  });

  it("are seen by the bar of their files in transformers 5", () => {
    expect(checkpoints("transformers-5.18")).toEqual(["checkpoint 10", "checkpoint 20"]);
  });
});

describe("bars", () => {
  it.each<[string, string, string[]]>([
    ["a dataset's map", "\rMap:  45%|████▌     | 450/1000 [00:01<00:01, 4500.00 examples/s]", ["Map 450/1000"]],
    ["a dataset's map in several processes", "\rMap (num_proc=4): 100%|██████████| 1000/1000 [00:01<00:00, 4500.00 examples/s]\n", ["Map (num_proc=4) 1000/1000"]],
    ["shards", "\rLoading checkpoint shards:  50%|█████     | 1/2 [00:05<00:05,  5.01s/it]", ["Loading checkpoint shards 1/2"]],
    ["one without a total", "\rGenerating train split: 1000 examples [00:00, 12345.67 examples/s]", ["Generating train split 1000"]],
    ["one that has nothing to say of its speed yet", "\r  0%|          | 0/1000 [00:00<?, ?it/s]", ["start", "training 0/1000"]],
    ["one of hours", "\r 10%|█         | 100/1000 [1:05:23<9:48:27, 39.23s/it]", ["start", "first step 100", "training 100/1000"]],
    ["one in ASCII", "\r 30%|###       | 30/100 [00:10<00:23,  3.00it/s]", ["start", "first step 30", "training 30/100"]],
    ["one of large numbers", "\rDownloading:  50%|█████     | 1.20k/2.40k [00:10<00:10, 120kB/s]", ["Downloading 1200/2400"]],
    ["one in colour", "\r\u001B[32m 30%|███       | 30/100 [00:10<00:23,  3.00it/s]\u001B[0m", ["start", "first step 30", "training 30/100"]],
    ["lightning's", "\rEpoch 0:  45%|████▌     | 45/100 [00:10<00:12,  4.50it/s, v_num=0, train_loss=0.512]", ["start", "first step 45", "training 45/100", "metrics 45 train_loss=0.512"]],
    [
      "simpletransformers'",
      "\rEpoch 1 of 1:   0%|          | 0/1 [00:00<?, ?it/s]\n\rEpochs 0/1. Running Loss:    0.6931:  45%|████▌     | 45/100 [00:10<00:12,  4.50it/s]\u001B[A",
      ["Epoch 1 of 1 0/1", "start", "first step 45", "training 45/100", "metrics 45 loss=0.6931"],
    ],
    [
      "sentence-transformers' old fit()",
      "\rEpoch:   0%|          | 0/1 [00:00<?, ?it/s]\n\rIteration:   5%|▌         | 5/100 [00:01<00:19,  4.99it/s]\u001B[A",
      ["Epoch 0/1", "start", "first step 5", "training 5/100"],
    ],
    ["an evaluation's with words", "\rEvaluating:  10%|█         | 1/10 [00:00<00:01,  9.00it/s]", ["evaluation", "Evaluating 1/10"]],
  ])("%s", (_, output, expected) => {
    expect(read(output).map(show)).toEqual(expected);
  });

  it("have a speed per second and a remaining time", () => {
    expect(read("\r 10%|█         | 100/1000 [1:05:23<9:48:27, 40.00s/it]").at(-1)).toMatchObject({ rate: 1 / 40, remainingSeconds: 9 * 3600 + 48 * 60 + 27 });
    expect(read("\r 10%|█         | 100/1000 [00:20<03:00,  5.00it/s]").at(-1)).toMatchObject({ rate: 5, remainingSeconds: 180 });
    expect(read("\r  0%|          | 0/1000 [00:00<?, ?it/s]").at(-1)).not.toHaveProperty("rate");
  });

  it("that move fast are told of once a second, and at their end", () => {
    const bars = Array.from({ length: 101 }, (_, step) => `\r ${step}%|##        | ${step}/100 [00:10<00:12, 20.00it/s]`);
    const reader = new OutputReader();
    const steps = bars.flatMap((bar, index) => reader.push(Buffer.from(bar), new Date(index * 50)).filter(({ kind }) => kind === "progress").map(({ step }) => step));
    expect(steps).toEqual([0, 20, 40, 60, 80, 100]);
  });

  it("without words before the training are not the training for ever", () => {
    const output =
      "\r 50%|#####     | 5/10 [00:00<00:00, 20.00it/s]\n" + // a loop that was left early
      "\r  1%|          | 1/300 [00:00<00:12, 20.00it/s]\r      \r{'loss': 2.0, 'learning_rate': 1e-05, 'epoch': 0.1}\n\r  1%|          | 2/300 [00:00<00:12, 20.00it/s]";
    const events = read(output);
    expect(events.filter(({ kind }) => kind === "metrics").map(show)).toEqual(["metrics 2 loss=2 learning_rate=0.00001"]);
    expect(events.filter(({ bar }) => bar === "training").at(-1)).toMatchObject({ step: 2, total: 300 });
  });
});

describe("metrics", () => {
  it.each<[string, string, string[]]>([
    ["the Trainer's line", "{'loss': 2.1, 'grad_norm': 1.5, 'learning_rate': 5e-05, 'epoch': 0.1}\n", ["metrics loss=2.1 grad_norm=1.5 learning_rate=0.00005"]],
    ["transformers 5's line", "{'loss': '2.1', 'learning_rate': '5e-05', 'epoch': '0.1'}\n", ["metrics loss=2.1 learning_rate=0.00005"]],
    ["a loss that is no number", "{'loss': nan, 'grad_norm': inf, 'learning_rate': 0.0, 'epoch': 1.0}\n", ["metrics learning_rate=0 loss=? grad_norm=?"]],
    ["the same in transformers 5", "{'loss': 'nan', 'epoch': '1'}\n", ["metrics loss=?"]],
    ["numpy's numbers", "{'eval_f1': np.float64(0.5), 'epoch': 1.0}\n", ["evaluation", "metrics eval_f1=0.5"]],
    ["trl's", "{'loss': 0.69, 'rewards/chosen': -0.01, 'rewards/accuracies': 0.5, 'epoch': 0.02}\n", ["metrics loss=0.69 rewards/chosen=-0.01 rewards/accuracies=0.5"]],
    ["JSON", '{"loss": 0.69, "step": 12}\n', ["metrics 12 loss=0.69"]],
    ["rank 0's", "[rank0]: {'loss': 2.1, 'epoch': 0.1}\n[default0]:{'loss': 2.0, 'epoch': 0.2}\n", ["metrics loss=2.1", "metrics loss=2"]],
    ["not another rank's", "[rank1]: {'loss': 2.1, 'epoch': 0.1}\n[default3]:{'loss': 2.1, 'epoch': 0.1}\n", []],
    ["a line of one's own", "Epoch 1/3, Step 10, Loss: 0.52, val_loss = 0.6, Accuracy: 0.81\n", ["metrics 10 loss=0.52 val_loss=0.6 accuracy=0.81"]],
    ["another", "epoch 2 | train loss 1.25e-1 | lr 3e-5\n", ["metrics train_loss=0.125 lr=0.00003"]],
    ["not any dict", "{'input_ids': 12, 'labels': 3}\n{'a': {'b': 1}}\n", []],
    ["not any sentence with a loss", "Loss: 0.5\nThe loss of step functions is 3\nUsing the default loss: `ForCausalLMLoss`.\n", []],
  ])("%s", (_, output, expected) => {
    expect(read(output).map(show)).toEqual(expected);
  });
});

describe("bytes", () => {
  it("may be invalid UTF-8, and colours", () => {
    const output = Buffer.concat([Buffer.from([0xff, 0xfe, 0x80, 0x0a]), Buffer.from("\u001B[1m{'loss': 1.5, 'epoch': 1.0}\u001B[0m\n"), Buffer.from([0xc3])]);
    expect(read(output).map(show)).toEqual(["metrics loss=1.5"]);
  });

  it("may be one endless line, which takes no memory and hides nothing after it", () => {
    const reader = new OutputReader();
    const megabyte = Buffer.alloc(1 << 20, "x");
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 200; count++) expect(reader.push(megabyte, new Date(0))).toEqual([]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 << 20);
    expect(reader.push(Buffer.from("\n{'loss': 1.5, 'epoch': 1.0}\n"), new Date(0)).map(show)).toEqual(["metrics loss=1.5"]);
  });

  it("without an end of line are read when no more come", () => {
    expect(read("{'loss': 1.5, 'epoch': 1.0}").map(show)).toEqual(["metrics loss=1.5"]);
  });
});
