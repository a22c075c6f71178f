/// What must hold between the options and arguments of a command.
enum Rule: Sendable {
    /// An option or an argument.
    enum Operand: Hashable, Sendable {
        case option(String)
        case argument(String)

        static func option<Value>(_ key: OptionKey<Value>) -> Operand { .option(key.name) }

        static func argument<Value>(_ key: ArgumentKey<Value>) -> Operand { .argument(key.name) }

        /// As a person writes it.
        var shown: String {
            switch self {
            case .option(let name): "--\(name)"
            case .argument(let name): name
            }
        }
    }

    /// The first counts as given wherever the second is: `--check` is a dry run.
    case implied(OptionKey<Bool>, by: OptionKey<Bool>)
    /// The first goes only together with the second.
    case needs(Operand, Operand)
    case conflict(Operand, Operand)
    /// With this value of an option, the operand must be there too.
    case valueNeeds(Operand, value: String, Operand)
    /// The operand goes only with one of these values of an option.
    case onlyWith(Operand, Operand, values: [String])
}
