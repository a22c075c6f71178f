/// The options and arguments of a command line, held against the command's rules.
struct GivenOperands {
    let options: [String: ParsedValue]
    let arguments: [String: ParsedValue]

    /// Rules of every command.
    static let globalRules: [Rule] = [
        .conflict(.option(.quiet), .option(.verbose))
    ]

    /// The first thing that is missing or does not go together; nil when all is well.
    func problem(with command: CommandDescription) -> UsageError.Problem? {
        for argument in command.arguments where argument.required {
            if arguments[argument.name] == nil { return .missing(argument.name) }
        }
        for option in command.options where option.required {
            if options[option.name] == nil { return .missing("--\(option.name)") }
        }
        let all = GivenOperands(options: implied(by: command.rules), arguments: arguments)
        for rule in Self.globalRules + command.rules {
            if let problem = all.problem(with: rule) { return problem }
        }
        return nil
    }

    /// The options, with those that they imply.
    func implied(by rules: [Rule]) -> [String: ParsedValue] {
        var options = options
        for case .implied(let what, let cause) in rules where options[cause.name] != nil {
            options[what.name] = .flag
        }
        return options
    }

    private func has(_ operand: Rule.Operand) -> Bool { value(operand) != nil }

    private func value(_ operand: Rule.Operand) -> ParsedValue? {
        switch operand {
        case .option(let name): options[name]
        case .argument(let name): arguments[name]
        }
    }

    private func problem(with rule: Rule) -> UsageError.Problem? {
        switch rule {
        case .implied: nil
        case .needs(let first, let second):
            has(first) && !has(second) ? .needs(first.shown, second.shown) : nil
        case .conflict(let first, let second):
            has(first) && has(second) ? .conflict(first.shown, second.shown) : nil
        case .valueNeeds(let option, let value, let needed):
            self.value(option) == .text(value) && !has(needed)
                ? .needs("\(option.shown) \(value)", needed.shown) : nil
        case .onlyWith(let operand, let option, let values):
            has(operand) && !values.contains { self.value(option) == .text($0) }
                ? .needs(operand.shown, "\(option.shown) \(values.joined(separator: " or "))") : nil
        }
    }
}
