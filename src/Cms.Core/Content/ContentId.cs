namespace Cms.Core.Content;

/// <summary>Identifiers of the content-model contract, section 4: 26 lowercase Crockford base-32 characters from a random GUID.</summary>
public static class ContentId
{
    /// <summary>Ids from outside may be any text up to this length.</summary>
    public const int MaxLength = 26;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        var high = BitConverter.ToInt64(bytes);
        var low = BitConverter.ToInt64(bytes[8..]);
        return string.Create(MaxLength, (high, low), static (text, halves) =>
        {
            for (var i = 0; i < 13; i++)
            {
                text[i] = Alphabet[(int)(halves.high >> (60 - (5 * i))) & 31];
                text[i + 13] = Alphabet[(int)(halves.low >> (60 - (5 * i))) & 31];
            }
        });
    }
}
