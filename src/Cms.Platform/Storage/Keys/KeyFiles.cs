using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Cms.Platform.Storage.Keys;

/// <summary>The keys of cookies and forms, in <c>keys</c> of the data folder.</summary>
internal sealed class KeyFiles(StoragePaths paths, KeyProtection protection) : IXmlRepository
{
    private string Folder => Path.Combine(paths.DataFolder, "keys");

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        StoragePaths.CreatePrivateFolder(Folder);
        return [.. Directory.EnumerateFiles(Folder, "*.xml").Order(StringComparer.Ordinal).Select(file => XElement.Parse(protection.Unprotect(File.ReadAllText(file))))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        StoragePaths.CreatePrivateFolder(Folder);
        var name = friendlyName is { Length: > 0 } && friendlyName.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') ? friendlyName : Guid.NewGuid().ToString();
        PrivateFile.Write(Path.Combine(Folder, name + ".xml"), protection.Protect(element.ToString()), overwrite: true);
    }
}
