internal import Identity

/// The first half of the one order: how far a process came that was looked at, agreed to and begun.
///
/// `End`: how it is over without one.
enum Beginning<End> {
    case over(End)
    case refused(ProcessPreview)
    case begun(ProcessID, ProcessPreview)
    /// Each time somebody else had changed the user since the look.
    case contested(ProcessPreview)

    /// What a look at the plan leads to.
    enum Look {
        case plan(ProcessPreview)
        /// Nothing is to be begun.
        case over(End)
    }

    private static var tries: Int { 5 }

    /// Looks, asks for consent and begins: anew while somebody else changes the user meanwhile.
    ///
    /// `begin`: nil where that was so.
    init(
        look: () throws -> Look, consent: (ProcessPreview) throws -> Order.Consent,
        begin: (ProcessPreview) throws -> Beginning?
    ) throws {
        var tried = 0
        while true {
            let preview: ProcessPreview
            switch try look() {
            case .over(let end):
                self = .over(end)
                return
            case .plan(let plan): preview = plan
            }
            switch try consent(preview) {
            case .refused:
                self = .refused(preview)
                return
            case .outdated: break
            case .given:
                if let beginning = try begin(preview) {
                    self = beginning
                    return
                }
            }
            tried += 1
            if tried == Self.tries {
                self = .contested(preview)
                return
            }
        }
    }
}
