extension Shell {
    /// The script that teaches this shell the command line.
    func completions(_ catalogue: Catalogue) -> String {
        let words = CompletionWords(catalogue)
        return switch self {
        case .bash: BashCompletions(words: words).text
        case .zsh: ZshCompletions(words: words).text
        case .fish: FishCompletions(words: words).text
        }
    }
}
