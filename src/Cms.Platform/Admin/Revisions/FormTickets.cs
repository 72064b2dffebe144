using System.Security.Cryptography;
using System.Text.Json;
using Cms.Core.Content;
using Microsoft.AspNetCore.DataProtection;

namespace Cms.Platform.Admin.Revisions;

/// <summary>A form of the editor: its id, for whom it was made, and what it edits; without an item for a new one.</summary>
public sealed record FormTicket(string FormId, string UserId, string? ContentItemId, string ContentType);

/// <summary>
/// Makes and reads the sealed ticket that each form of the editor carries. Whoever sends it had the form, also when they are no longer
/// signed in; what they typed is then kept for the user whom it names, and for nobody else.
/// </summary>
public sealed class FormTickets(IDataProtectionProvider protection)
{
    /// <summary>The input that holds the ticket.</summary>
    public const string Input = "FormTicket";

    /// <summary>How long a form may lie open.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Cms.Admin.Forms").ToTimeLimitedDataProtector();

    /// <summary>A ticket for a form with an id of its own.</summary>
    public string Issue(string userId, string? contentItemId, string contentType) =>
        _protector.Protect(JsonSerializer.Serialize(new FormTicket(ContentId.New(), userId, contentItemId, contentType)), Lifetime);

    /// <summary>Null for what is forged, damaged or too old.</summary>
    public FormTicket? Read(string? ticket)
    {
        if (string.IsNullOrEmpty(ticket)) return null;
        try
        {
            return JsonSerializer.Deserialize<FormTicket>(_protector.Unprotect(ticket));
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
