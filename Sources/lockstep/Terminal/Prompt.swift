internal import Glibc

/// Questions to the person at the terminal.
///
/// Consent is a whole word: nothing happens by a stray Return, nor by a `y` or an `n`, which mean opposite
/// things to people. The end of the input, or a signal, is Cancel.
struct Prompt {
    /// What can be chosen from a numbered list.
    struct Choice: Sendable {
        let code: String
        let text: String
    }

    /// Columns for one of the longer answers.
    private static let roomToType = 12

    private let input: LineInput
    private let output: Output

    init(input: LineInput, output: Output) {
        self.input = input
        self.output = output
    }

    /// The code that was chosen by its number or by itself, in any case; nil for Cancel.
    func choose(_ question: Sanitized, from choices: [Choice]) -> String? {
        output.line(question)
        let width = String(choices.count).count
        for (index, choice) in choices.enumerated() {
            let number = DisplayWidth.padded(String(index + 1), to: width, alignment: .right)
            output.hanging(
                [Span("  \(number)  \(choice.code): ")], Sanitized(choice.text))
        }
        while true {
            guard let answer = ask("Number or code (Ctrl-D cancels): ") else { return nil }
            if answer.isEmpty { continue }
            if let chosen = choice(answer, of: choices) { return chosen.code }
            output.line("\(Sanitized(answer)) is not on the list.")
        }
    }

    /// Whether the answer was `Next`.
    ///
    /// `c` is short for `Cancel`. The question says what follows, and to whom.
    func confirms(_ question: Sanitized) -> Bool {
        let words = "Next or Cancel? "
        let isOneLine =
            DisplayWidth.of("\(question.text) \(words)") < output.capabilities.width ?? Int.max
        while true {
            if !isOneLine { output.hanging([], question) }
            let asked = isOneLine ? "\(question.text) \(words)" : words
            guard let answer = ask(asked)?.lowercased() else { return false }
            if answer == "next" { return true }
            if answer == "cancel" || answer == "c" { return false }
            output.line("Only the whole word Next goes on; Cancel, c or Ctrl-D ends it here.")
        }
    }

    /// Which of the answers, by itself or its first word, in any case; nil for the end of input.
    ///
    /// The first one goes on, the others also count by their first letter. `about`: whom it is about.
    func decide(_ answers: [String], about: Sanitized) -> Int? {
        let listed = answers.dropLast().joined(separator: ", ")
        let words = "\(listed) or \(answers.last ?? "")? "
        let whole = "\(about.text): \(words)"
        let isOneLine =
            DisplayWidth.of(whole) + Self.roomToType < output.capabilities.width ?? Int.max
        while true {
            if !isOneLine { output.hanging([], "\(about.text):") }
            guard let answer = ask(isOneLine ? whole : words)?.lowercased() else { return nil }
            let found = answers.map { $0.lowercased() }.enumerated().first { place, known in
                let word = known.prefix { $0 != " " }
                return answer == known || answer == word
                    || (place > 0 && answer == word.prefix(1))
            }
            if let found { return found.offset }
            let others = answers.dropFirst().map { "\($0), or \($0.prefix(1).lowercased())" }
            output.hanging(
                [],
                Sanitized(
                    "Only the whole word \(answers.first?.split(separator: " ").first ?? "") goes on; "
                        + "the others are \(others.joined(separator: "; ")). Ctrl-D cancels."))
        }
    }

    /// What was typed, which is not empty; nil for Cancel.
    func text(_ question: Sanitized) -> String? {
        while true {
            guard let answer = ask(question.text) else { return nil }
            if !answer.isEmpty { return answer }
        }
    }

    /// A code goes before a number: there may be one that is made of digits.
    private func choice(_ answer: String, of choices: [Choice]) -> Choice? {
        if let exact = choices.first(where: { $0.code == answer }) { return exact }
        let folded = answer.lowercased()
        if let same = choices.first(where: { $0.code.lowercased() == folded }) { return same }
        guard let number = Int(answer), choices.indices.contains(number - 1) else { return nil }
        return choices[number - 1]
    }

    private func ask(_ question: String) -> String? {
        output.write(question)
        output.flush()
        guard let answer = input.line() else {
            output.write("\n")
            output.flush()
            return nil
        }
        // The terminal has shown the end of the line itself.
        output.screen?.noteEndOfLine()
        return answer
    }
}

/// Asks for a password at the terminal, without showing it.
struct SecretPrompt {
    /// The descriptor of the terminal.
    let input: Int32
    let output: Output

    /// Every octet of the line, blanks too; nil for an empty one, at the end of the input, or after
    /// Ctrl-C, which acts only once the terminal shows again what is typed.
    func ask(_ question: Sanitized) -> [UInt8]? {
        let watch = SignalWatch()
        var shown = termios()
        let isTerminal = unsafe tcgetattr(input, &shown) == 0
        if isTerminal {
            var hidden = shown
            hidden.c_lflag &= ~tcflag_t(ECHO)
            // Before the question: what is typed after it must not be flushed away, nor shown.
            unsafe tcsetattr(input, TCSAFLUSH, &hidden)
        }
        output.write(question.text)
        output.flush()
        let answer = LineInput(descriptor: input, interrupted: { watch.interrupted }).octets()
        if isTerminal { unsafe tcsetattr(input, TCSAFLUSH, &shown) }
        output.write("\n")
        output.flush()
        return answer.flatMap { $0.isEmpty ? nil : $0 }
    }
}
