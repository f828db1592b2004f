/** Our Markdown, readable where no Markdown is shown: links as addresses, names and code without their marks. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^```\w*\n([^]*?)\n```$/gm, "$1")
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, "$1: $2")
    .replace(/\*\*|`/g, "")
    .replace(/^\*(.*)\*$/gm, "$1");
}
