/** Each asks `medlyssning complete -- WORDS` for what the last word could become, and needs nothing else of its shell. */
export const scripts = {
  bash: `_medlyssning() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    [[ $line == :* ]] || COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(medlyssning complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ \${COMPREPLY[0]-} == */ ]]; then compopt -o nospace; fi
}
complete -F _medlyssning medlyssning`,
  zsh: `_medlyssning() {
  local line
  local -a found suffix
  while IFS= read -r line; do
    [[ $line == :* ]] || found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(medlyssning complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if [[ \${found[1]-} == */:* ]]; then suffix=(-S ''); fi
  _describe medlyssning found "\${suffix[@]}"
}
compdef _medlyssning medlyssning`,
  fish: `complete -c medlyssning -f -a '(medlyssning complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null | string match -v ":*")'`,
} as const;
