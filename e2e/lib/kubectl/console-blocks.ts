/** A command in a document and what it prints: a fenced block of `console` that begins with `$ `. */
const block = /```console\n\$ (.+)\n([\s\S]*?)```/g;

/** The commands of a document, in order, as words. Quotes are not known here. */
export function commandsIn(markdown: string): readonly (readonly string[])[] {
  return [...markdown.matchAll(block)].map(([, command = '']) => command.split(' '));
}

/** The document with other outputs under its commands, in their order. */
export function withOutputs(markdown: string, outputs: readonly string[]): string {
  let next = 0;
  return markdown.replace(block, (_, command: string) => {
    return `\`\`\`console\n$ ${command}\n${outputs[next++] ?? ''}\n\`\`\``;
  });
}
