using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Platform.Identity.Limits;

/// <summary>An attempt to prove who one is, with a password or a client secret, that has not succeeded.</summary>
public sealed class SignInAttemptRow
{
    public const int MaxKey = 64;

    public long Id { get; set; }

    /// <summary>The account, as <see cref="AttemptedAccount"/> writes it; also for names that nobody has.</summary>
    public required string Account { get; set; }

    /// <summary>Where it came from: a network address, or a device that the account's owner used before.</summary>
    public required string Source { get; set; }
    public DateTime OccurredUtc { get; set; }

    /// <summary>Whether it counts towards the limits. It does not where a limit had been reached, nor after the same source succeeded.</summary>
    public bool IsCounted { get; set; }
}

internal sealed class SignInAttemptConfiguration : IEntityTypeConfiguration<SignInAttemptRow>
{
    public void Configure(EntityTypeBuilder<SignInAttemptRow> builder)
    {
        builder.ToTable("SignInAttempts");
        builder.Property(row => row.Account).HasMaxLength(SignInAttemptRow.MaxKey);
        builder.Property(row => row.Source).HasMaxLength(SignInAttemptRow.MaxKey);
        builder.HasIndex(row => new { row.Account, row.OccurredUtc });
        builder.HasIndex(row => new { row.Source, row.OccurredUtc });
        builder.HasIndex(row => row.OccurredUtc);
    }
}
