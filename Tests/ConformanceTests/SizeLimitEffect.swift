/// What a server's size limit comes to.
enum SizeLimitEffect {
    /// It counts over all pages: not everybody can be read.
    case total
    /// It counts anew for each page, and limits one search without pages.
    case page
    /// The server has the setting, and does not hold anybody to it.
    case none
}
