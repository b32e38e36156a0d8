/**
 * The simple commands of a line of shell, each as its words: quotes taken off, comments and redirections left out, pipelines, lists and
 * substitutions taken apart. No shell: enough for what stands in documents.
 */
export function splitCommand(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  const inner: string[] = [];
  const token =
    /\$\(([^()]*(?:\([^()]*\)[^()]*)*)\)|<\(([^()]*)\)|(&&|\|\||[|;])|(\s+)|(#(?=.*$))|"((?:\\.|[^"\\])*)"|'([^']*)'|([^\s"'|;#$<]+|.)/gs;
  let word: string | undefined;
  const end = () => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (const [whole, sub, process, joint, space, hash, double, single, plain] of line.matchAll(token)) {
    if (hash !== undefined && word === undefined) break;
    if (sub !== undefined || process !== undefined) {
      inner.push(sub ?? process ?? '');
      word = `${word ?? ''}$()`;
    } else if (joint !== undefined) {
      end();
      commands.push([]);
    } else if (space !== undefined) end();
    else {
      if (double !== undefined)
        inner.push(...[...double.matchAll(/\$\(([^()]*)\)/g)].map(([, text = '']) => text));
      word = `${word ?? ''}${double ?? single ?? plain ?? whole}`;
    }
  }
  end();
  return [...commands.filter((words) => words.length > 0), ...inner.flatMap(splitCommand)];
}
