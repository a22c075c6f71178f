internal import Ground

/// The word of the command line that was probably meant.
enum NearestWord {
    /// What is longer was pasted, and is no slip of the fingers.
    private static let longest = 100

    /// The one word that begins with what was typed, else the one that the fewest slips lead to.
    ///
    /// Of equals the first; nil when nothing is near.
    static func to(_ typed: String, in words: [String]) -> String? {
        let beginning = words.filter { $0.hasPrefix(typed) }
        if typed.count > 1, beginning.count == 1 { return beginning.first }
        guard typed.count <= longest else { return nil }
        var best: (word: String, slips: Int)?
        for word in words {
            let slips = Spelling.distance(Array(typed.lowercased()), Array(word.lowercased()))
            let few = max(1, min(3, word.count / 3))
            if slips <= few, slips < (best?.slips ?? Int.max) { best = (word, slips) }
        }
        return best?.word
    }
}
