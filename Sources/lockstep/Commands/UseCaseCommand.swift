internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// `lockstep lock`, `deactivate`, `reactivate`, `unlock` and `restore-roles`.
struct UseCaseCommand {
    let world: World
    let useCase: UseCase

    func run() throws -> ExitCode {
        try requireConsent()
        let settings = try world.settings()
        if !isDry { try world.requireReceivers(settings, of: useCase) }
        let store = try world.store(settings, for: isDry ? .read : .write(create: false))
        let by = world.operatorIdentity(settings)
        if !isDry { try requireRights(settings, by: by) }
        let context = try world.context(settings, store, by: by)
        let newcomers = newcomers(context)
        let dialogue = ProcessDialogue(
            world: world,
            order: Order(
                useCase, context, elsewhere: isForMany ? .later : .atOnce,
                isOfList: world.command.value(.from) != nil),
            newcomers: newcomers)
        // Who said yes beforehand has said Next: finding out who is meant holds nothing up either.
        if !isDry, world.command.flag(.yes) { dialogue.order.hurry() }
        if let file = world.command.value(.from) {
            return try BatchCommand(
                world: world, dialogue: dialogue, newcomers: newcomers, settings: settings
            ).run(try InputFile.read(file, of: world.caller(settings)), of: file)
        }
        return try one(dialogue, store: store, settings: settings, newcomers: newcomers)
    }

    /// Only a lock is for those, too, whom the store does not know yet.
    private func newcomers(_ context: EngineContext) -> Newcomers? {
        guard useCase == .lock else { return nil }
        return Newcomers(
            EntryIntake(context), world: world, store: context.store,
            holder: world.holder(context.settings), isRehearsal: isDry)
    }

    private var isForMany: Bool {
        world.command.flag(.everywhere) || world.command.value(.from) != nil
    }

    private var isDry: Bool { world.command.flag(.dryRun) }

    private func one(
        _ dialogue: ProcessDialogue, store: Store, settings: Settings, newcomers: Newcomers?
    ) throws -> ExitCode {
        let given = world.command.argument(ArgumentKey<String>.user)
        let found =
            if let given {
                try world.user(given, in: store, orTakenInBy: newcomers)
            } else {
                try PersonSearch(world: world, store: store, useCase: useCase, newcomers: newcomers)
                    .run()
            }
        guard let user = found else {
            return dialogue.finish(try dialogue.cancel(nil))
        }
        let directory = try settings.directory(of: user)
        guard let reason = try reason(in: directory) else {
            return dialogue.finish(try dialogue.cancel(user))
        }
        guard world.command.flag(.everywhere) else {
            return dialogue.finish(try dialogue.run(user, reason: reason))
        }
        return try everywhere(dialogue, user, named: given ?? user.accountName, reason: reason)
    }

    /// The same person's other accounts, too, one after the other; who is cancelled first is all.
    private func everywhere(
        _ dialogue: ProcessDialogue, _ user: User, named name: String, reason: String
    ) throws -> ExitCode {
        var results: [ProcessDialogue.Result] = []
        _ = try ListOrder.accounts(dialogue.order).carryOut(
            [user], find: { .user($0) }, again: { _, _, _, _ in },
            begin: { account, isOther, _ in
                try dialogue.startAttempt(
                    account, named: isOther ? account.accountName : name, reason)
            },
            end: { started, _ in
                let result = try dialogue.end(started)
                results.append(result)
                return results.count > 1 || result.code != .cancelled
            }, progress: { _ in })
        let progress = ProgressLine(output: world.errors, isQuiet: world.command.flag(.quiet))
        return dialogue.finish(try dialogue.tellOthers(results, progress: progress))
    }

    /// Without a terminal somebody must have said yes beforehand.
    private func requireConsent() throws {
        try requireSubject()
        let isAgreed = isDry || world.command.flag(.yes)
        guard isAgreed || world.isInteractive else {
            throw UsageError(
                "without a terminal --yes is needed, or --dry-run", in: world.command.name)
        }
        guard isAgreed || world.command.value(.from) == nil else {
            throw UsageError("--from needs --yes, or --dry-run", in: world.command.name)
        }
        let mayAsk = world.isInteractive && world.command.value(.from) == nil
        let hasReason =
            world.command.value(OptionKey<String>.reason) != nil || useCase.builtInReason != nil
        guard mayAsk || hasReason else {
            let codes = (try? world.settings().codes(for: useCase)) ?? []
            throw UsageError(
                "--reason is missing"
                    + (codes.isEmpty ? "" : "; one of \(codes.joined(separator: ", "))"),
                in: world.command.name)
        }
    }

    /// Somebody is named, or a person is there to search for one.
    private func requireSubject() throws {
        let isNamed =
            world.command.argument(ArgumentKey<String>.user) != nil
            || world.command.value(.from) != nil
        guard isNamed || (world.isInteractive && !world.command.flag(.yes)) else {
            throw UsageError(.neither("USER", "--from"), command: world.command.name.rawValue)
        }
    }

    private func requireRights(_ settings: Settings, by: Operator) throws {
        let rights = Rights(settings)
        try rights.require(useCase.right, of: by)
        if world.command.flag(.force) { try rights.require(.force, of: by) }
    }

    /// The reason that was given, or chosen from the list; nil for Cancel.
    private func reason(in directory: DirectorySettings) throws -> String? {
        if let code = world.command.value(OptionKey<String>.reason) { return code }
        let choices = directory.reasons(for: useCase)
        if let builtIn = useCase.builtInReason, choices.isEmpty || !world.isInteractive {
            return builtIn.code
        }
        guard !choices.isEmpty else {
            throw Ending(.refused, "no reason is configured to \(useCase.word) for")
        }
        return world.prompt.choose(
            "Why?", from: choices.map { Prompt.Choice(code: $0.code, text: $0.text) })
    }
}

extension Settings {
    /// The reasons that would do in one directory or another, in the order of the configuration.
    fileprivate func codes(for useCase: UseCase) -> [String] {
        reasons.filter { $0.enabled && $0.useCases.contains(useCase) }.map(\.code)
    }
}

extension UseCase {
    fileprivate var right: Right {
        switch self {
        case .lock: .lock
        case .deactivate: .deactivate
        case .reactivate, .restoreRoles: .reactivate
        case .unlock: .unlock
        }
    }
}
