/// The completion for zsh: to be sourced, or kept as `_lockstep` in a folder of `fpath`.
struct ZshCompletions {
    let words: CompletionWords

    var text: String {
        """
        #compdef lockstep
        # zsh completion for lockstep, written by 'lockstep completions zsh'.

        # What may follow the option $2 of the command $1.
        _lockstep_value() {
            case "$1:$2" in
        \(words.valueCases("("))
                (*) what= ;;
            esac
        }

        # What the operand number $2 of the command $1 is.
        _lockstep_operand() {
            case "$1:$2" in
        \(words.operandCases("("))
                (*) what=nothing ;;
            esac
        }

        # The words that may follow $1, and its options, each with its meaning behind a colon.
        _lockstep_words() {
            further=() options=()
            case "$1" in
        \(wordCases)
            esac
            options+=(
        \(Self.described(OptionDescription.global))
            )
        }

        \(Self.machinery)
        """ + "\n"
    }

    private var wordCases: String {
        words.places.map { place in
            let further = place.further.map { CompletionWords.quoted("\($0.text):\($0.meaning)") }
            return """
                        ('\(place.path)')
                            further=(\(further.joined(separator: " ")))
                            options=(
                \(Self.described(place.options))
                            ) ;;
                """
        }.joined(separator: "\n")
    }

    private static func described(_ options: [OptionDescription]) -> String {
        options.flatMap { option in
            option.spellings.map {
                "            " + CompletionWords.quoted("\($0):\(option.summary)")
            }
        }.joined(separator: "\n")
    }

    private static let machinery = #"""
        _lockstep() {
            local what command= valued= word ended= text meaning
            local -a further options config values meanings
            integer operands=0 i
            for ((i = 2; i < CURRENT; i++)); do
                word=${(Q)words[i]}
                if [[ -n $valued ]]; then
                    [[ $valued == (-c|--config) ]] && config=(--config "$word")
                    valued=
                elif [[ -z $ended && $word == -- ]]; then
                    ended=1
                elif [[ -z $ended && $word == --config=* ]]; then
                    config=("$word")
                elif [[ -z $ended && $word == -?* ]]; then
                    _lockstep_value "$command" "$word"
                    [[ -n $what ]] && valued=$word
                else
                    _lockstep_words "$command"
                    if ((operands == 0)) && [[ -n ${(M)further:#$word:*} ]]; then
                        command=${command:+$command }$word
                    else
                        ((operands += 1))
                    fi
                fi
            done
            _lockstep_words "$command"
            if [[ -n $valued ]]; then
                _lockstep_value "$command" "$valued"
            elif [[ -z $ended && $PREFIX == --*=* ]]; then
                _lockstep_value "$command" "${PREFIX%%=*}"
                compset -P 1 '*='
            elif [[ -z $ended && $PREFIX == -* ]]; then
                _describe -o option options
                return
            elif ((operands == 0 && $#further)); then
                _lockstep_operand "$command" 0
                if [[ $what == nothing ]]; then
                    _describe command further
                    return
                fi
            else
                _lockstep_operand "$command" "$operands"
            fi
            case $what in
                (file) _files ;;
                (words\ *) compadd -- ${=what#words } ;;
                (known\ *)
                    while IFS=$'\t' read -r text meaning; do
                        values+=("$text")
                        meanings+=("$text${meaning:+  $meaning}")
                    done < <("${(Q)words[1]}" $config __complete ${what#known } -- "${(Q)PREFIX}" \
                        2>/dev/null)
                    compadd -l -d meanings -a values ;;
            esac
        }

        if [[ $funcstack[1] == _lockstep ]]; then
            _lockstep "$@"
        else
            compdef _lockstep lockstep
        fi
        """#
}
