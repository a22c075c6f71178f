internal import Configuration
internal import Glibc

/// The passwords that directories are bound with: from their files, or asked for.
///
/// Each is asked for once a command, however often it connects.
final class BindPasswords {
    /// Where somebody is there to answer; nil: nobody is.
    private let terminal: Output?
    private var answers: [String: [UInt8]] = [:]

    init(askingOn terminal: Output?) {
        self.terminal = terminal
    }

    /// Finds out before anything is done whether they can be had, and asks.
    func require(for settings: Settings) throws {
        for directory in settings.directories {
            guard case .simple(_, let source, _) = directory.bind else { continue }
            _ = try octets(of: source)
        }
    }

    func octets(of source: PasswordSource) throws -> [UInt8] {
        switch source {
        case .file(let path):
            do throws(PasswordFileError) {
                return try PasswordFile.read(path)
            } catch {
                throw Ending(.configuration, error.description)
            }
        case .ask(let whose):
            if let known = answers[whose] { return known }
            let answer = try ask(whose)
            answers[whose] = answer
            return answer
        }
    }

    private func ask(_ whose: String) throws(Ending) -> [UInt8] {
        guard let terminal else {
            throw Ending(
                .configuration, "bind.password is `ask`, and there is no terminal to ask at",
                hint: "Use bind.passwordFile where nobody is there to answer.")
        }
        let prompt = SecretPrompt(input: STDIN_FILENO, output: terminal)
        guard let answer = prompt.ask("Password of \(whose): ") else {
            throw Ending(.cancelled, "no password was given: nothing was done")
        }
        return answer
    }
}
