using System.ComponentModel.DataAnnotations;

namespace Cms.Platform.Storage.Revisions;

/// <summary>How long and how much of what editors wrote over is kept.</summary>
public sealed class RevisionOptions
{
    public const string Section = "Cms:Revisions";

    /// <summary>Days for which revisions are kept; 0 keeps them for ever.</summary>
    [Range(0, 36_500)]
    public int KeepDays { get; set; } = 90;

    /// <summary>Revisions of one item; the oldest go first.</summary>
    [Range(1, 100_000)]
    public int MaxPerItem { get; set; } = 500;

    /// <summary>Characters of all revisions of one item together; the oldest go first, the newest always stays.</summary>
    [Range(1, int.MaxValue)]
    public int MaxCharactersPerItem { get; set; } = 20_000_000;

    /// <summary>Days for which a form is kept that came after its author's session had ended.</summary>
    [Range(1, 3650)]
    public int KeptPostDays { get; set; } = 30;
}
