internal import Engine
internal import Ground
internal import Identity

/// Shows a plan to a person, and asks what they say of it.
struct Consent {
    let world: World

    /// Who says Next: nobody of a dry run, whoever gave `--yes`, or a person.
    var mode: Order.Mode {
        if world.command.flag(.dryRun) { return .rehearsal }
        return world.command.flag(.yes) ? .agreed : .asked
    }

    /// `isAnother`: a plan was shown before, and this is another; `write` shows it.
    func ask(
        _ preview: ProcessPreview, isAnother: Bool, showing write: (Output) -> Void
    ) -> Order.Consent {
        guard mode == .asked else { return .given }
        if isAnother { PreviewReport(output: world.errors).writeChanged() }
        write(world.errors)
        world.errors.line("")
        return world.prompt.confirms(preview.question) ? .given : .refused
    }
}
