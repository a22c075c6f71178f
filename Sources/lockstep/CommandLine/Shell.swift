/// The shells that Lockstep can complete its command line in.
enum Shell: String, Sendable, CaseIterable {
    case bash
    case zsh
    case fish
}
