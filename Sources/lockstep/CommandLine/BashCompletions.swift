/// The completion for bash 4 and later; it needs no package bash-completion.
struct BashCompletions {
    let words: CompletionWords

    var text: String {
        """
        # bash completion for lockstep, written by 'lockstep completions bash'.

        # What may follow the option $2 of the command $1.
        _lockstep_value() {
            case "$1:$2" in
        \(words.valueCases(""))
                *) what= ;;
            esac
        }

        # What the operand number $2 of the command $1 is.
        _lockstep_operand() {
            case "$1:$2" in
        \(words.operandCases(""))
                *) what=nothing ;;
            esac
        }

        # The words that may follow $1, and its options.
        _lockstep_words() {
            case "$1" in
        \(wordCases)
                *) further= options= ;;
            esac
            options+=" \(globals)"
        }

        \(Self.machinery)
        """ + "\n"
    }

    private var wordCases: String {
        words.places.map { place in
            let further = place.further.map(\.text).joined(separator: " ")
            let options = place.options.flatMap(\.spellings).joined(separator: " ")
            return "        '\(place.path)') further='\(further)' options='\(options)' ;;"
        }.joined(separator: "\n")
    }

    private var globals: String {
        OptionDescription.global.flatMap(\.spellings).joined(separator: " ")
    }

    /// The part that is the same for every command line.
    ///
    /// Readline breaks words at `=` and `:`; they are put together again, and what is offered is cut
    /// to the piece that readline replaces. A value from a directory is quoted, never expanded.
    private static let machinery = #"""
        _lockstep() {
            local -a words=() config=()
            local word='' piece i what further options command='' valued='' operands=0 ended=''
            COMPREPLY=()
            for ((i = 0; i <= COMP_CWORD; i++)); do
                piece=${COMP_WORDS[i]}
                if ((${#words[@]} > 1)) && [[ $piece == [:=] || ${words[-1]} == *[:=] ]]; then
                    words[-1]+=$piece
                else
                    words+=("$piece")
                fi
            done
            local program=${words[0]} current=${words[-1]}
            for word in "${words[@]:1:${#words[@]}-2}"; do
                if [[ -n $valued ]]; then
                    [[ $valued == -c || $valued == --config ]] && config=(--config "$word")
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
                    if ((operands == 0)) && [[ " $further " == *" $word "* ]]; then
                        command=${command:+$command }$word
                    else
                        ((operands += 1))
                    fi
                fi
            done
            _lockstep_words "$command"
            local prefix=$current before=''
            if [[ -n $valued ]]; then
                _lockstep_value "$command" "$valued"
            elif [[ -z $ended && $current == --*=* ]]; then
                before=${current%%=*}=
                prefix=${current#*=}
                _lockstep_value "$command" "${current%%=*}"
            elif [[ -z $ended && $current == -* ]]; then
                what="words $options"
            elif ((operands == 0)) && [[ -n $further ]]; then
                _lockstep_operand "$command" 0
                [[ $what == nothing ]] && what="words $further"
            else
                _lockstep_operand "$command" "$operands"
            fi
            _lockstep_offer
        }

        # Fills COMPREPLY with what begins with $prefix.
        _lockstep_offer() {
            local -a found=()
            local cut line
            case $what in
                file)
                    compopt -o filenames 2>/dev/null
                    mapfile -t found < <(compgen -f -- "$prefix") ;;
                words\ *)
                    mapfile -t found < <(compgen -W "${what#words }" -- "$prefix") ;;
                known\ *)
                    while IFS=$'\t' read -r line _; do
                        [[ $line == "$prefix"* ]] && found+=("$(printf %q "$line")")
                    done < <("$program" "${config[@]}" __complete "${what#known }" -- "$prefix" \
                        2>/dev/null) ;;
            esac
            piece=${COMP_WORDS[COMP_CWORD]}
            [[ $piece == [:=] ]] && piece=
            cut=${current%"$piece"}
            for line in "${found[@]}"; do
                line=$before$line
                COMPREPLY+=("${line#"$cut"}")
            done
        }

        complete -F _lockstep lockstep
        """#
}
