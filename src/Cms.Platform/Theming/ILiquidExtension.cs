using Fluid;

namespace Cms.Platform.Theming;

/// <summary>Adds a module's filters and values to the templates. What it registers is visible to every template.</summary>
public interface ILiquidExtension
{
    void Extend(TemplateOptions options);
}
