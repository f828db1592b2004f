/** A training loop with Accelerate, with places to change. */
interface Loop {
  readonly accelerator?: string;
  readonly before?: string;
  readonly prepare?: string;
  readonly loader?: string;
  readonly body?: readonly string[];
  readonly after?: string;
}

const HEAD = `import torch
from accelerate import Accelerator
from torch.utils.data import DataLoader
from transformers import AutoModelForCausalLM
`;

export function loopWith({ accelerator = "", before = "", prepare = "model, optimizer, loader = accelerator.prepare(model, optimizer, loader)", loader = "loader", body = [], after = "" }: Loop): string {
  const lines = body.length > 0 ? body : ["loss = model(**batch).loss", "accelerator.backward(loss)", "optimizer.step()", "optimizer.zero_grad()"];
  return `${HEAD}accelerator = Accelerator(${accelerator})
model = AutoModelForCausalLM.from_pretrained("gpt2")
optimizer = torch.optim.AdamW(model.parameters())
loader = DataLoader(dataset, batch_size=8)
${before}${prepare}
for batch in ${loader}:
${lines.map((line) => `    ${line}\n`).join("")}${after}`;
}
