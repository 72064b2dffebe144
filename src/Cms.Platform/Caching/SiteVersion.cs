namespace Cms.Platform.Caching;

/// <summary>
/// A number that moves when anything changes that an answer may depend on: public content, definitions, settings, queries
/// or roles. Taken before an answer is made, it tells whether the answer is still good afterwards.
/// </summary>
public sealed class SiteVersion
{
    private long _current;

    public long Current => Volatile.Read(ref _current);

    public void Advance() => Interlocked.Increment(ref _current);
}
