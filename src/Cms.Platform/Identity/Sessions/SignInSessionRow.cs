using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Platform.Identity.Sessions;

/// <summary>A browser that somebody signed in with. Its cookie counts only while the row says that the session goes on.</summary>
public sealed class SignInSessionRow
{
    public const int IdLength = 32;
    public const int MaxAddress = 64;
    public const int MaxAgent = 200;

    /// <summary>128 random bits in hexadecimal.</summary>
    public required string Id { get; set; }
    public required string UserId { get; set; }

    /// <summary>The <see cref="AccountStamp"/> of the account when the session began.</summary>
    public required string Stamp { get; set; }
    public DateTime CreatedUtc { get; set; }

    /// <summary>When it was last used, exact to some minutes.</summary>
    public DateTime SeenUtc { get; set; }

    /// <summary>The network address that signed in, as <see cref="ClientAddress"/> writes it.</summary>
    public required string Address { get; set; }

    /// <summary>The beginning of the browser's User-Agent header.</summary>
    public required string Agent { get; set; }

    /// <summary>When somebody ended it; null while it goes on.</summary>
    public DateTime? EndedUtc { get; set; }

    /// <summary>Attempts to sign in to the account that failed before this one succeeded, until its owner has taken note.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>Since when those attempts were counted: the sign-in before, or the first of them.</summary>
    public DateTime? FailedSinceUtc { get; set; }
}

internal sealed class SignInSessionConfiguration : IEntityTypeConfiguration<SignInSessionRow>
{
    public void Configure(EntityTypeBuilder<SignInSessionRow> builder)
    {
        builder.ToTable("SignInSessions");
        builder.Property(row => row.Id).HasMaxLength(SignInSessionRow.IdLength);
        builder.Property(row => row.Stamp).HasMaxLength(AccountStamp.Length);
        builder.Property(row => row.Address).HasMaxLength(SignInSessionRow.MaxAddress);
        builder.Property(row => row.Agent).HasMaxLength(SignInSessionRow.MaxAgent);
        builder.HasOne<CmsIdentityUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.UserId, row.CreatedUtc });
        builder.HasIndex(row => row.SeenUtc);
    }
}
