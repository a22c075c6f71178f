extension CommandDescription {
    static let requests = [requestList, approve, reject, withdraw]

    private static let requestList = CommandDescription(
        name: .requests, standing: .built, chapter: .approval,
        summary: "List what waits for approval",
        examples: [Example("lockstep requests", "Lists the open requests.")],
        exits: [.store])

    private static let approve = CommandDescription(
        name: .approve, standing: .built, chapter: .approval,
        summary: "Approve a request and carry it out",
        arguments: [.request],
        options: [
            OptionDescription(.yes, short: "y", "Do not ask."),
            OptionDescription(.dryRun, short: "n", "Print what would change, and change nothing."),
        ],
        examples: [
            Example(
                "lockstep approve 42",
                "Shows whom request 42 is about and what will change, asks Next or Cancel, and "
                    + "carries it out."),
            Example(
                "lockstep approve 42 --yes", "Carries it out without asking, as a script does."),
        ],
        details: [
            "Nobody approves a request of their own, nor their own return. Without a terminal --yes "
                + "is needed.",
            "The plan is made anew; what differs from the one that was asked for is shown.",
        ],
        exits: [.cancelled, .refused, .unavailable, .store, .unfinished, .permission])

    private static let reject = CommandDescription(
        name: .reject, standing: .built, chapter: .approval,
        summary: "Reject a request",
        arguments: [.request], options: [.because],
        examples: [
            Example("lockstep reject 42 --because 'She moves to Aarhus'", "Closes request 42.")
        ],
        exits: [.refused, .store, .permission])

    private static let withdraw = CommandDescription(
        name: .withdraw, standing: .built, chapter: .approval,
        summary: "Withdraw a request of one's own",
        arguments: [.request],
        examples: [Example("lockstep withdraw 42", "Closes request 42.")],
        exits: [.refused, .store, .permission])
}

extension ArgumentDescription {
    fileprivate static let request = ArgumentDescription(
        .request, .id(.requests), "The request's process.")
}

extension OptionDescription {
    static let because = OptionDescription(
        .because, "TEXT", .text, required: true, "Why; it is kept in the audit log.")
}
