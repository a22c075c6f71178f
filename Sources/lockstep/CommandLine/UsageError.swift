internal import Ground

/// A command line that can't be understood, or does not say enough: exit code 64.
struct UsageError: Error, Hashable {
    enum Problem: Hashable {
        /// Not even the program's name came: Swift reads /proc/self/cmdline.
        case noCommandLine
        case noCommand
        case unknownCommand(String, nearest: String?)
        case incomplete(group: String, words: [String])
        case unknownOption(String, nearest: String?)
        /// An option of some command, in front of it.
        case tooEarly(String)
        case noValue(String, expected: String, instead: String?)
        case needlessValue(String)
        case twice(String)
        case empty(String)
        case wrongValue(String, given: String, expected: String, nearest: String?)
        case missing(String)
        case surplus(String, nearest: String?)
        case needs(String, String)
        case conflict(String, String)
        case neither(String, String)
        /// What a command finds out later: a sentence without its full stop.
        case other(String)
    }

    let problem: Problem
    /// Whose help would say more.
    let command: String?

    init(_ problem: Problem, command: String? = nil) {
        self.problem = problem
        self.command = command
    }

    /// A finding of the command's own, after parsing: `without a terminal --yes is needed`.
    init(_ sentence: String, in command: CommandName) {
        self.init(.other(sentence), command: command.rawValue)
    }

    /// On one line; what was typed is made harmless.
    var sentence: Sanitized {
        let help = command.map { "lockstep help \($0)" } ?? "lockstep help"
        return Sanitized("\(problem.text) See '\(help)'.")
    }
}

extension UsageError.Problem {
    fileprivate var text: String {
        switch self {
        case .noCommandLine:
            "The command line can't be read: it is told by /proc/self/cmdline, and /proc is not mounted here."
        case .noCommand: "A command is missing."
        case .unknownCommand(let word, let nearest):
            "There is no command '\(word)'." + Self.suggestion(nearest)
        case .incomplete(let group, let words):
            "'\(group)' needs one more word: \(words.joined(separator: ", "))."
        case .unknownOption(let option, let nearest):
            "There is no option '\(option)'." + Self.suggestion(nearest)
        case .tooEarly(let option): "'\(option)' belongs behind the command."
        case .noValue(let option, let expected, nil): "\(option) takes \(expected)."
        case .noValue(let option, let expected, let instead?):
            "\(option) takes \(expected), but '\(instead)' follows;"
                + " write \(option)=\(instead) if that is meant."
        case .needlessValue(let option): "\(option) takes no value."
        case .twice(let option): "\(option) is given twice."
        case .empty(let what): "\(what) is empty."
        case .wrongValue(let what, let given, let expected, let nearest):
            "\(what) takes \(expected), not '\(given)'." + Self.suggestion(nearest)
        case .missing(let what): "\(what) is missing."
        case .surplus(let word, let nearest):
            "'\(word)' is one word too many." + Self.suggestion(nearest)
        case .needs(let first, let second): "\(first) needs \(second)."
        case .conflict(let first, let second): "\(first) and \(second) exclude each other."
        case .neither(let first, let second): "\(first) or \(second) is missing."
        case .other(let sentence): "\(sentence)."
        }
    }

    private static func suggestion(_ nearest: String?) -> String {
        nearest.map { " Did you mean '\($0)'?" } ?? ""
    }
}

/// The word of the command line that was probably meant.
enum NearestWord {
    /// What is longer was pasted, and is no slip of the fingers.
    private static let longest = 100

    /// The one word that begins with what was typed, else the one that the fewest slips lead to.
    ///
    /// Of equals the first; nil when nothing is near.
    static func to(_ typed: String, in words: [String]) -> String? {
        let beginning = words.filter { $0.hasPrefix(typed) }
        if typed.count > 1, beginning.count == 1 { return beginning.first }
        guard typed.count <= longest else { return nil }
        var best: (word: String, slips: Int)?
        for word in words {
            let slips = Spelling.distance(Array(typed.lowercased()), Array(word.lowercased()))
            let few = max(1, min(3, word.count / 3))
            if slips <= few, slips < (best?.slips ?? Int.max) { best = (word, slips) }
        }
        return best?.word
    }
}
