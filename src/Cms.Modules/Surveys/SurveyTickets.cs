using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Cms.Modules.Surveys;

/// <summary>An opened form: when, and the id under which its answers are kept.</summary>
public sealed record SurveyTicket(DateTimeOffset Opened, string AnswerId);

/// <summary>
/// Makes and reads the sealed number that every form carries. It stands in for the antiforgery cookie, which would mark a browser
/// for as long as it is open: a ticket is only readable on the site's own pages, holds for one survey and one answer, and there is
/// no session that a foreign page could abuse. Together with the check of the request's origin that is as much as a cookie gives.
/// </summary>
public sealed class SurveyTickets(IDataProtectionProvider protection, IOptions<SurveyOptions> options, TimeProvider clock)
{
    private const int NumberBytes = 16;

    public string Issue(string surveyKey)
    {
        var number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NumberBytes));
        return Protector(surveyKey).Protect($"{clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}|{number}");
    }

    /// <summary>Null for a ticket that is forged, too old, or of another survey.</summary>
    public SurveyTicket? Read(string surveyKey, string? ticket)
    {
        if (string.IsNullOrEmpty(ticket)) return null;
        try
        {
            var parts = Protector(surveyKey).Unprotect(ticket).Split('|');
            var opened = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            if (clock.GetUtcNow() - opened > TimeSpan.FromHours(options.Value.FormHours)) return null;
            var id = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(parts[1])))[..SurveyAnswerRow.IdLength];
            return new SurveyTicket(opened, id);
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether somebody could have read the form since it was opened.</summary>
    public bool IsRipe(SurveyTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return clock.GetUtcNow() - ticket.Opened >= TimeSpan.FromSeconds(options.Value.MinimumSeconds);
    }

    private IDataProtector Protector(string surveyKey) => protection.CreateProtector("Cms.Surveys", surveyKey);
}
