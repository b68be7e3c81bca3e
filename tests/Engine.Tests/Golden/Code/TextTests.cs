using System.Reflection;
using Microsoft.ML.Transforms.Text;

namespace Engine.Tests.Golden.Code;

/// <summary>The defaults of the options of text.</summary>
[TestFixture]
public class TextTests() : CodeCases("text")
{
    [TestCase("featurize-options-defaults")]
    public void Options_OfFeaturizeText_HaveTheDefaults(string id) => Agree(id, _ => Describe(new TextFeaturizingEstimator.Options()));

    private static object? Describe(object? value) => value is null || value.GetType() is not { IsClass: true } type || value is string or Array
        ? value
        : type.GetMembers(BindingFlags.Public | BindingFlags.Instance).Where(m => m is FieldInfo or PropertyInfo).ToDictionary(m => m.Name, m => Describe(Get(m, value)))
            .Prepend(new("$type", $"{type.DeclaringType!.Name}.{type.Name}")).ToDictionary();

    private static object? Get(MemberInfo member, object target) =>
        member is FieldInfo field ? field.GetValue(target) : ((PropertyInfo)member).GetValue(target);
}
