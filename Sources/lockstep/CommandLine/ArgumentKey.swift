internal import Identity

/// What a command's argument is called, and what type of value it has.
struct ArgumentKey<Value: OptionValue>: Sendable {
    /// As help shows it: `USER`.
    let name: String

    init(_ name: String) {
        self.name = name
    }
}

extension ArgumentKey where Value == String {
    static var user: Self { Self("USER") }
    /// The words to look for, with a blank between them.
    static var text: Self { Self("TEXT") }
    /// The serial of a credential.
    static var serial: Self { Self("SERIAL") }
    /// The serial of a certificate, in upper-case hexadecimal digits.
    static var certificateSerial: Self { Self("SERIAL") }
    static var file: Self { Self("FILE") }
    static var code: Self { Self("CODE") }
    static var receiver: Self { Self("NAME") }
    /// The words of a command, with a blank between them.
    static var command: Self { Self("COMMAND") }
    static var prefix: Self { Self("PREFIX") }
}

extension ArgumentKey where Value == ProcessID {
    static var process: Self { Self("PROCESS") }
    static var request: Self { Self("ID") }
}

extension ArgumentKey where Value == Shell {
    static var shell: Self { Self("SHELL") }
}

extension ArgumentKey where Value == ManualName {
    static var page: Self { Self("PAGE") }
}

extension ArgumentKey where Value == CompletionKind {
    static var kind: Self { Self("KIND") }
}
