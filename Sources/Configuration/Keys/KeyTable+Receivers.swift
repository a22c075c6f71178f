internal import Identity

extension KeyTable {
    private static let useCases = UseCase.configured.map(\.word)

    static let receivers = [
        Key(
            "receivers", .named, .standard(.mapping([])),
            "Programs that hear what has happened to a user, each under a name of your own."),
        Key("receivers.*", .section, .none, "One receiver, under your name for it."),
        Key(
            "receivers.*.run", .list(.text),
            .required(example: "run: [/usr/local/lib/lockstep/doors]"),
            "The program by its absolute path, and its arguments. Root or the store's owner owns it and its folders, and nobody else may write them. No shell is started."
        ),
        Key(
            "receivers.*.for", .list(.word(useCases)), .standard(.texts(useCases)),
            "The use cases that it hears of."),
        Key(
            "receivers.*.timeout", .duration(atLeast: 1), .standard(.text("30s")),
            "When it is ended, with all that it started, and called again later."),
    ]
}
