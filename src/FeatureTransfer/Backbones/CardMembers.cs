using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FeatureTransfer.Backbones;

/// <summary>Knows the members of model cards, to name the one that was probably meant.</summary>
internal static class CardMembers
{
    /// <summary>" Did you mean 'x'?" for a JSON path that ends in an unknown member, or nothing.</summary>
    public static string Hint(string? path, JsonSerializerOptions options)
    {
        if (path is null)
            return "";
        var type = options.GetTypeInfo(typeof(ModelCard));
        foreach (var member in path.Split('.').Skip(1))
        {
            var known = type.Properties.FirstOrDefault(property => property.Name == member.Split('[')[0]);
            if (known is null)
                return type.Kind == JsonTypeInfoKind.Object ? NearestName.Hint(member, type.Properties.Where(property => property.Set is not null).Select(property => property.Name)) : "";
            type = options.GetTypeInfo(known.PropertyType);
            type = type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item } ? options.GetTypeInfo(item) : type;
        }

        return "";
    }
}
