/// The command line as a completion sees it: what may stand where.
struct CompletionWords {
    /// A word and what it means.
    struct Word {
        let text: String
        let meaning: String
    }

    /// A place where words may follow: behind `lockstep`, a group or a command.
    struct Place {
        /// `` for the beginning, `credential`, `credential add`.
        let path: String
        let further: [Word]
        let options: [OptionDescription]
        let arguments: [ArgumentDescription]
    }

    let places: [Place]
    /// The first words of all commands.
    let beginnings: [Word]

    init(_ catalogue: Catalogue) {
        let shown = catalogue.shown
        var beginnings: [Word] = []
        var places: [Place] = []
        for command in shown {
            let first = command.name.words[0]
            if !beginnings.contains(where: { $0.text == first }) {
                let single = catalogue.command([first])
                let meaning =
                    single?.summary
                    ?? "Commands: "
                    + catalogue.group(first).map { $0.name.words[1] }.joined(separator: ", ")
                beginnings.append(Word(text: first, meaning: meaning))
                if single == nil { places.append(Self.group(first, catalogue)) }
            }
            places.append(Self.place(of: command, catalogue))
        }
        self.beginnings = beginnings
        let start = Place(path: "", further: beginnings, options: [], arguments: [])
        self.places = [start] + places
    }

    private static func place(of command: CommandDescription, _ catalogue: Catalogue) -> Place {
        Place(
            path: command.name.rawValue, further: seconds(command.name.rawValue, catalogue),
            options: command.options, arguments: command.arguments)
    }

    private static func group(_ word: String, _ catalogue: Catalogue) -> Place {
        Place(path: word, further: seconds(word, catalogue), options: [], arguments: [])
    }

    private static func seconds(_ word: String, _ catalogue: Catalogue) -> [Word] {
        catalogue.group(word).map { Word(text: $0.name.words[1], meaning: $0.summary) }
    }

    /// The lines of a shell's `case` that say what completes the value of an option, by `place:option`.
    ///
    /// `opening`: what a pattern begins with; zsh wants a parenthesis there.
    func valueCases(_ opening: String) -> String {
        let own = places.flatMap { place in
            place.options.flatMap { cases(of: $0, in: "'\(place.path)'", opening) }
        }
        let global = OptionDescription.global.flatMap { cases(of: $0, in: "*", opening) }
        return (own + global).joined(separator: "\n")
    }

    private func cases(
        of option: OptionDescription, in place: String, _ opening: String
    ) -> [String] {
        guard let what = option.value?.type.completion(beginnings) else { return [] }
        return option.spellings.map { "        \(opening)\(place):\($0)) what='\(what)' ;;" }
    }

    /// The same for what stands without an option, by `place:number`.
    func operandCases(_ opening: String) -> String {
        places.flatMap { place in
            place.arguments.enumerated().map { index, argument in
                let number = argument.repeats ? "*" : "\(index)"
                let what = argument.type.completion(beginnings)
                return "        \(opening)'\(place.path)':\(number)) what='\(what)' ;;"
            }
        }.joined(separator: "\n")
    }

    /// In single quotes, for any of the three shells: no text of ours has one or a backslash.
    static func quoted(_ text: String) -> String {
        "'" + text.filter { $0 != "'" && $0 != "\\" } + "'"
    }
}

extension OptionDescription {
    /// As in `-n` and `--dry-run`.
    var spellings: [String] {
        (short.map { ["-\($0)"] } ?? []) + ["--\(name)"]
    }
}

extension ValueType {
    /// What the scripts complete it with: `file`, `known users`, `words text json`, or nothing.
    func completion(_ beginnings: [CompletionWords.Word]) -> String {
        switch self {
        case .anything, .text, .count, .duration, .time, .serial, .head: "nothing"
        case .file: "file"
        case .known(let kind), .id(let kind): "known \(kind.rawValue)"
        case .word(let words): "words " + words.joined(separator: " ")
        case .command: "words " + beginnings.map(\.text).joined(separator: " ")
        }
    }
}

/// The shells that Lockstep can complete its command line in.
enum Shell: String, Sendable, CaseIterable {
    case bash
    case zsh
    case fish
}

extension Shell {
    /// The script that teaches this shell the command line.
    func completions(_ catalogue: Catalogue) -> String {
        let words = CompletionWords(catalogue)
        return switch self {
        case .bash: BashCompletions(words: words).text
        case .zsh: ZshCompletions(words: words).text
        case .fish: FishCompletions(words: words).text
        }
    }
}
