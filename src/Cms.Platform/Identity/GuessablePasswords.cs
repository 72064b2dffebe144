using System.Collections.Frozen;
using System.Text;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.Identity;

namespace Cms.Platform.Identity;

/// <summary>
/// Refuses passwords that are guessed first (NIST SP 800-63B, section 3.1.1.2): common words, names, rows of keys and counts, the name of
/// the site, and the account's own name and e-mail address, however they are decorated with digits, signs and look-alike letters.
/// </summary>
internal sealed class GuessablePasswords(SiteSettingsRegistry settings) : IPasswordValidator<CmsIdentityUser>
{
    /// <summary>Letters of a password that must be left when everything guessable is taken away.</summary>
    private const int MinRemaining = 5;

    /// <summary>Shorter words of the site's or the user's name are part of many others.</summary>
    private const int MinWord = 4;

    private static readonly FrozenDictionary<char, char> LookAlikes = new Dictionary<char, char>
    {
        ['0'] = 'o',
        ['1'] = 'i',
        ['3'] = 'e',
        ['4'] = 'a',
        ['5'] = 's',
        ['7'] = 't',
        ['8'] = 'b',
        ['@'] = 'a',
        ['$'] = 's',
        ['!'] = 'i',
        ['€'] = 'e',
    }.ToFrozenDictionary();

    private static readonly Lazy<string[]> Words = new(Read);

    public Task<IdentityResult> ValidateAsync(UserManager<CmsIdentityUser> manager, CmsIdentityUser user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        var own = new[] { user.UserName, user.Email, settings.Current.SiteName }.SelectMany(WordsOf);
        return Task.FromResult(IsGuessable(password ?? "", own)
            ? IdentityResult.Failed(new IdentityError
            {
                Code = "PasswordGuessable",
                Description = "The password is one of those that are guessed first: it is made of common words, a row of keys or digits, or the name of the user or the site. Choose several words that nobody would put together.",
            })
            : IdentityResult.Success);
    }

    /// <summary>Whether little remains of the password without common words, rows, repetitions and the words given.</summary>
    internal static bool IsGuessable(string password, IEnumerable<string> words)
    {
        // A digit is itself in a count, a look-alike letter in a word, or decoration behind it.
        var all = words.Concat(Words.Value).OrderByDescending(word => word.Length).ToList();
        return new[] { Letters(password, character => character), Letters(password, character => LookAlikes.GetValueOrDefault(character, character)) }
            .Min(text => Remaining(text, all)) < MinRemaining;
    }

    private static int Remaining(string text, IEnumerable<string> words)
    {
        foreach (var word in words) text = text.Replace(word, " ", StringComparison.Ordinal);
        return text.Where(char.IsLetter).Distinct().Count();
    }

    private static string Letters(string text, Func<char, char> read)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant().Normalize(NormalizationForm.FormD).Select(read).Where(char.IsAsciiLetter)) letters.Append(character);
        return letters.ToString();
    }

    private static IEnumerable<string> WordsOf(string? text) =>
        (text ?? "").Split([' ', '.', '@', '-', '_', '+', ','], StringSplitOptions.RemoveEmptyEntries).Append(text ?? "")
            .Select(word => Letters(word, character => character)).Where(word => word.Length >= MinWord);

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(GuessablePasswords).Assembly.GetManifestResourceStream("Cms.Platform.Identity.guessable-words.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#').SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
    }
}
