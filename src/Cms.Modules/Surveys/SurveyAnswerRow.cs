using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Modules.Surveys;

/// <summary>
/// One person's answers. Nothing in it leads back to the person: no account, address or cookie, and of the time only the day. The
/// id is a hash of the opened form's random number, so that rows lie in no order and a form that is sent twice counts once.
/// </summary>
public sealed class SurveyAnswerRow
{
    public const int IdLength = 32;

    public required string Id { get; set; }

    /// <summary>The survey over its languages: <see cref="Survey.Key"/>.</summary>
    public required string SurveyKey { get; set; }

    /// <summary>The day in UTC.</summary>
    public DateOnly Day { get; set; }

    /// <summary>An object of arrays: by question, the chosen ids, the step of the scale, or the text.</summary>
    public required string Answers { get; set; }
}

internal sealed class SurveyAnswerConfiguration : IEntityTypeConfiguration<SurveyAnswerRow>
{
    public void Configure(EntityTypeBuilder<SurveyAnswerRow> builder)
    {
        builder.ToTable("SurveyAnswers");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(SurveyAnswerRow.IdLength);
        builder.Property(row => row.SurveyKey).HasMaxLength(Core.Content.ContentId.MaxLength);
        builder.HasIndex(row => new { row.SurveyKey, row.Id });
    }
}
