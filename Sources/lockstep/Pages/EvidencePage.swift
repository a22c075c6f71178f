internal import Ground

/// The evidence of a process as one page that needs nothing else: no script, no font, no picture.
struct EvidencePage {
    let document: EvidenceDocument
    let printed: Timestamp

    /// HTML, UTF-8.
    var html: String {
        Page(
            title: document.title, verdict: document.process.verdict.text.text,
            facts: document.facts, content: document.sections.map(Page.section).joined(),
            printed: printed
        ).html
    }
}
