/// The completion for fish 3.
struct FishCompletions {
    let words: CompletionWords

    var text: String {
        """
        # fish completion for lockstep, written by 'lockstep completions fish'.

        \(functions)

        complete -c lockstep -f
        \(lines.joined(separator: "\n"))
        """ + "\n"
    }

    /// Finds the command that the cursor is in, and how many operands stand before it.
    private var functions: String {
        let paths = words.places.map(\.path).filter { !$0.isEmpty }
        let known = paths.map(CompletionWords.quoted).joined(separator: " ")
        return #"""
            set -g __lockstep_paths \#(known)
            set -g __lockstep_valued \#(valued)

            # The command before the cursor, and the number of its operands.
            function __lockstep_place
                set -l command ''
                set -l operands 0
                set -l valued ''
                set -l ended ''
                for token in (commandline -opc)[2..-1]
                    if test -n "$valued"
                        set valued ''
                    else if test -z "$ended" -a "x$token" = x--
                        set ended 1
                    else if test -z "$ended"; and string match -q -- '--*=*' $token
                        continue
                    else if test -z "$ended"; and string match -q -- '-?*' $token
                        if contains -- "$command:$token" $__lockstep_valued
                            or contains -- "*:$token" $__lockstep_valued
                            set valued $token
                        end
                    else
                        set -l longer (string trim -- "$command $token")
                        if test $operands = 0; and contains -- $longer $__lockstep_paths
                            set command $longer
                        else
                            set operands (math $operands + 1)
                        end
                    end
                end
                echo "$command:$operands"
            end

            function __lockstep_at
                string match -q -- $argv[1] (__lockstep_place)
            end

            # Words of a kind that only the program knows, from the configuration of this line.
            function __lockstep_known
                set -l tokens (commandline -opc)
                set -l config
                for i in (seq 2 (count $tokens))
                    if contains -- $tokens[$i] -c --config; and set -q tokens[(math $i + 1)]
                        set config --config $tokens[(math $i + 1)]
                    else if string match -q -- '--config=*' $tokens[$i]
                        set config $tokens[$i]
                    end
                end
                set -l prefix (string replace -r -- '^--[a-z-]+=' '' (commandline -ct))
                $tokens[1] $config __complete $argv[1] -- "$prefix" 2>/dev/null
            end
            """#
    }

    private var valued: String {
        let global = OptionDescription.global.filter { $0.value != nil }
            .flatMap { option in option.spellings.map { "*:\($0)" } }
        let others = words.places.flatMap { place in
            place.options.filter { $0.value != nil }
                .flatMap { option in option.spellings.map { "\(place.path):\($0)" } }
        }
        return (global + others).map(CompletionWords.quoted).joined(separator: " ")
    }

    private var lines: [String] {
        var lines = OptionDescription.global.map { line(of: $0, at: nil) }
        for place in words.places {
            for word in place.further {
                lines.append(
                    "complete -c lockstep -n \"__lockstep_at '\(place.path):0'\" -a \(word.text)"
                        + " -d \(CompletionWords.quoted(word.meaning))")
            }
            for (index, argument) in place.arguments.enumerated() {
                let number = argument.repeats ? "*" : "\(index)"
                let action = action(argument.type)
                if action.isEmpty { continue }
                lines.append(
                    "complete -c lockstep -n \"__lockstep_at '\(place.path):\(number)'\""
                        + action)
            }
            lines += place.options.map { line(of: $0, at: place.path) }
        }
        return lines
    }

    private func line(of option: OptionDescription, at path: String?) -> String {
        var line = "complete -c lockstep"
        if let path { line += " -n \"__lockstep_at '\(path):*'\"" }
        if let short = option.short { line += " -s \(short)" }
        line += " -l \(option.name) -d \(CompletionWords.quoted(option.summary))"
        guard let value = option.value else { return line }
        let action = action(value.type)
        return line + (action == " -F" ? " -r -F" : " -x" + action)
    }

    private func action(_ type: ValueType) -> String {
        let what = type.completion(words.beginnings).split(separator: " ", maxSplits: 1)
        switch what.first {
        case "file": return " -F"
        case "known": return " -a '(__lockstep_known \(what[1]))'"
        case "words": return " -a '\(what[1])'"
        default: return ""
        }
    }
}
