extension CommandDescription {
    static let receivers = [receiverList, receiverTest]

    private static let receiverList = CommandDescription(
        name: .receivers, standing: .built, chapter: .upkeep,
        summary: "List the receivers, and what waits for them",
        examples: [
            Example("lockstep receivers", "Shows what each has heard, and what it has not.")
        ],
        details: [
            "A receiver is a program that hears what has happened to a user; receivers in the "
                + "configuration names them. What it has not heard is tried again by each sync, and by "
                + "retry at once."
        ],
        exits: [.store])

    private static let receiverTest = CommandDescription(
        name: .receiverTest, standing: .built, chapter: .upkeep,
        summary: "Call a receiver with a test",
        arguments: [ArgumentDescription(.receiver, .known(.receivers), "The receiver's name.")],
        options: [
            OptionDescription(
                .user, "USER", .known(.users), "Whom the test is about; left out: nobody.")
        ],
        examples: [
            Example(
                "lockstep receiver test doors --user ada",
                "Tells the receiver doors of a lock of Ada that never was, marked as a test.")
        ],
        details: ["Nothing is locked. The document says \"test\": true."],
        exits: [.refused, .noUser, .store, .unfinished, .permission])
}
