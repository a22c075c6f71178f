internal import Ground

/// Understands a command line by the descriptions of the commands.
///
/// Options may stand anywhere, as `--name value`, `--name=value`, `-n` or bundled as `-qv`; global ones
/// also before the command. `--` ends them; `-` is an argument. Names are never abbreviated.
struct Parser {
    private let catalogue: Catalogue
    private let now: Timestamp

    private var rest: ArraySlice<String>
    private var words: [String] = []
    private var command: CommandDescription?
    private var options: [String: ParsedValue] = [:]
    private var operands: [String] = []
    private var optionsEnded = false

    /// The arguments come without the program's name; `now` is what `7d` counts back from.
    static func parse(
        _ arguments: [String], catalogue: Catalogue = .built, now: Timestamp
    ) throws(UsageError) -> Invocation {
        var parser = Parser(arguments, catalogue, now)
        do {
            return try parser.invocation()
        } catch {
            // Who asks for help while the line is still wrong gets it.
            guard asksForHelp(arguments) else { throw error }
            return .help(parser.topic)
        }
    }

    private init(_ arguments: [String], _ catalogue: Catalogue, _ now: Timestamp) {
        self.catalogue = catalogue
        self.now = now
        rest = arguments[...]
    }

    private static func asksForHelp(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
    }

    /// What the words so far are about.
    private var topic: HelpTopic {
        if let command { return .command(command) }
        if let group = words.first { return .group(group, catalogue.group(group)) }
        return .overview
    }

    private mutating func invocation() throws(UsageError) -> Invocation {
        while let word = rest.popFirst() { try take(word) }
        if options["help"] != nil { return .help(topic) }
        if options["version"] != nil { return .version }
        guard let command else {
            if let group = words.first { throw incomplete(group) }
            throw UsageError(.noCommand)
        }
        let arguments = try taken(by: command)
        let parsed = ParsedCommand(
            name: command.name, options: try checked(command, arguments), arguments: arguments)
        return try invocation(of: parsed)
    }

    private func invocation(of parsed: ParsedCommand) throws(UsageError) -> Invocation {
        if parsed.name == .help { return .help(try topic(of: parsed)) }
        if parsed.name == .man { return .manual(parsed.argument(.page) ?? .lockstep) }
        if parsed.name == .completions { return .completions(try parsed.required(.shell)) }
        return .command(parsed)
    }

    private mutating func take(_ word: String) throws(UsageError) {
        if !optionsEnded, word == "--" {
            optionsEnded = true
        } else if !optionsEnded, word.hasPrefix("--") {
            try takeLong(word)
        } else if !optionsEnded, word.hasPrefix("-"), word != "-", !isNegativeNumber(word),
            !isNegativeSerial(word)
        {
            try takeShort(word)
        } else {
            try takeWord(word)
        }
    }

    /// It is taken for a value, so that the complaint names the range, not an option.
    private func isNegativeNumber(_ word: String) -> Bool {
        word.hasPrefix("-") && ValueType.digits(String(word.dropFirst())) != nil
    }

    /// A command that takes a certificate's serial takes one with a minus, too.
    private func isNegativeSerial(_ word: String) -> Bool {
        command?.arguments.contains { $0.type == .serial } == true
            && ValueType.isNegativeSerial(word)
    }

    // MARK: Words

    private mutating func takeWord(_ word: String) throws(UsageError) {
        if let command {
            let longer = command.name.words + [word]
            if operands.isEmpty, !optionsEnded, let found = catalogue.command(longer),
                hasOnlyGlobalOptions
            {
                self.command = found
            } else {
                operands.append(word)
            }
        } else if let found = catalogue.command(words + [word]) {
            command = found
        } else if words.isEmpty, !catalogue.group(word).isEmpty {
            words = [word]
        } else {
            throw unknown((words + [word]).joined(separator: " "))
        }
    }

    private var hasOnlyGlobalOptions: Bool {
        options.keys.allSatisfy { name in OptionDescription.global.contains { $0.name == name } }
    }

    private func unknown(_ name: String) -> UsageError {
        let names = catalogue.shown.map(\.name.rawValue)
        let nearest = NearestWord.to(name, in: names)
        return UsageError(.unknownCommand(name, nearest: nearest), command: words.first)
    }

    private func incomplete(_ group: String) -> UsageError {
        let words = catalogue.group(group).map { $0.name.words[1] }
        return UsageError(.incomplete(group: group, words: words), command: group)
    }

    private func topic(of help: ParsedCommand) throws(UsageError) -> HelpTopic {
        guard let name = help.argument(.command) else { return .overview }
        let words = name.split(separator: " ").map(String.init)
        if let found = catalogue.command(words), found.standing == .built {
            return .command(found)
        }
        let group = catalogue.group(name)
        if !group.isEmpty { return .group(name, group) }
        throw unknown(name)
    }

    // MARK: Options

    private mutating func takeLong(_ word: String) throws(UsageError) {
        let parts = word.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        let attached = parts.count == 2 ? String(parts[1]) : nil
        let option = try option(typed: "--\(name)") { $0.name == name }
        try take(option, as: "--\(name)", attached: attached)
    }

    private mutating func takeShort(_ word: String) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            let option = try option(typed: "-\(letter)") { $0.short == letter }
            let attached = option.value == nil || letters.isEmpty ? nil : String(letters)
            try take(option, as: "-\(letter)", attached: attached)
            if attached != nil { return }
        }
    }

    private func option(
        typed: String, where isIt: (OptionDescription) -> Bool
    ) throws(UsageError) -> OptionDescription {
        let known = (command?.options ?? []) + OptionDescription.global
        if let option = known.first(where: isIt) { return option }
        if command == nil, catalogue.shown.contains(where: { $0.options.contains(where: isIt) }) {
            throw UsageError(.tooEarly(typed))
        }
        let nearest =
            typed.hasPrefix("--") ? NearestWord.to(typed, in: known.map { "--\($0.name)" }) : nil
        throw UsageError(
            .unknownOption(typed, nearest: nearest), command: command?.name.rawValue ?? words.first)
    }

    private mutating func take(
        _ option: OptionDescription, as typed: String, attached: String?
    ) throws(UsageError) {
        if options[option.name] != nil { throw failure(.twice("--\(option.name)")) }
        guard let value = option.value else {
            if attached != nil { throw failure(.needlessValue(typed)) }
            options[option.name] = .flag
            return
        }
        let text: String
        if let attached { text = attached } else { text = try following(typed, value.type) }
        options[option.name] = try parsed(text, value.type, of: "--\(option.name)")
    }

    /// The next word; one that looks like an option is more likely to be one.
    private mutating func following(_ typed: String, _ type: ValueType) throws(UsageError) -> String
    {
        guard let next = rest.first else {
            throw failure(.noValue(typed, expected: type.expectation, instead: nil))
        }
        if next.hasPrefix("-"), next != "-", !isNegativeNumber(next) {
            throw failure(.noValue(typed, expected: type.expectation, instead: next))
        }
        rest = rest.dropFirst()
        return next
    }

    private func parsed(
        _ text: String, _ type: ValueType, of what: String
    ) throws(UsageError) -> ParsedValue {
        if type != .anything, text.allSatisfy(\.isWhitespace) { throw failure(.empty(what)) }
        if let value = type.parse(text, now: now) { return value }
        var nearest: String?
        if case .word(let words) = type { nearest = NearestWord.to(text, in: words) }
        throw failure(
            .wrongValue(what, given: text, expected: type.expectation, nearest: nearest))
    }

    private func failure(_ problem: UsageError.Problem) -> UsageError {
        UsageError(problem, command: command?.name.rawValue)
    }

    // MARK: The whole

    private func taken(by command: CommandDescription) throws(UsageError) -> [String: ParsedValue] {
        var left = operands[...]
        var values: [String: ParsedValue] = [:]
        for argument in command.arguments {
            guard let first = left.popFirst() else { break }
            var text = first
            if argument.repeats {
                text = ([first] + left).joined(separator: " ")
                left = []
            }
            values[argument.name] = try parsed(text, argument.type, of: argument.name)
        }
        if let word = left.first {
            let next = catalogue.group(command.name.rawValue).map { $0.name.words[1] }
            throw failure(.surplus(word, nearest: NearestWord.to(word, in: next)))
        }
        return values
    }

    private func checked(
        _ command: CommandDescription, _ arguments: [String: ParsedValue]
    ) throws(UsageError) -> [String: ParsedValue] {
        let given = GivenOperands(options: options, arguments: arguments)
        if let problem = given.problem(with: command) { throw failure(problem) }
        return given.implied(by: command.rules)
    }
}
