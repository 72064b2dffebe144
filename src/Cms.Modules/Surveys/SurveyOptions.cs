using System.ComponentModel.DataAnnotations;

namespace Cms.Modules.Surveys;

/// <summary>What keeps surveys from being filled by machines.</summary>
public sealed class SurveyOptions
{
    public const string Section = "Cms:Surveys";

    /// <summary>Nobody reads and answers faster than this.</summary>
    [Range(0, 600)]
    public int MinimumSeconds { get; set; } = 3;

    /// <summary>How long a form that was opened can be sent.</summary>
    [Range(1, 168)]
    public int FormHours { get; set; } = 24;

    /// <summary>Answers to one survey that one network address may send a day. Offices and mobile networks share an address.</summary>
    [Range(1, 100_000)]
    public int AnswersPerAddressAndDay { get; set; } = 20;
}
