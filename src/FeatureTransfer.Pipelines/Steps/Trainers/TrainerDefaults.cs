using System.Reflection;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>
/// Carries values between steps and ML.NET's option classes, by name. A name that ends in <c>Column</c> ends in <c>ColumnName</c> there.
/// </summary>
internal static class TrainerDefaults
{
    /// <summary>Gives a new step the values of ML.NET's options.</summary>
    public static void Read(object options, object step)
    {
        foreach (var property in Properties(step.GetType()))
        {
            // JSON has no infinity: where ML.NET's default is that, the step has null.
            if (OptionMember.Find(options.GetType(), property.Name) is { } member && member.Type.IsAssignableTo(property.PropertyType) && member.Get(options) is not double.PositiveInfinity and var value)
                property.SetValue(step, value);
        }
    }

    /// <summary>Gives ML.NET's options the values of a step; null leaves ML.NET's own.</summary>
    public static TOptions Write<TOptions>(object step, TOptions options)
        where TOptions : class
    {
        foreach (var property in Properties(step.GetType()))
        {
            if (OptionMember.Find(options.GetType(), property.Name) is { } member && property.GetValue(step) is { } value)
                member.Set(options, value is IOptionPart part ? part.Create() : value);
        }

        return options;
    }

    /// <summary>The names of properties that differ from the defaults, and that ML.NET's options lack.</summary>
    public static IEnumerable<string> Foreign(Type options, object step, object defaults) =>
        from property in Properties(step.GetType())
        where OptionMember.Find(options, property.Name) is null && !Equals(property.GetValue(step), property.GetValue(defaults))
        select property.Name;

    private static IEnumerable<PropertyInfo> Properties(Type step) =>
        step.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);
}

/// <summary>A field or a property of ML.NET's options: it has some of both.</summary>
internal sealed record OptionMember(Type Type, Func<object, object?> Get, Action<object, object?> Set)
{
    /// <summary>The member for a property of a step; null where the class has none.</summary>
    public static OptionMember? Find(Type options, string property)
    {
        var name = property.EndsWith("Column", StringComparison.Ordinal) ? property + "Name" : property;

        // One of ML.NET's classes has another name for this than all the others.
        if (property == "LossFunction" && options.GetProperty("Loss") is { } loss)
            return new OptionMember(loss.PropertyType, loss.GetValue, loss.SetValue);
        if (options.GetField(name) is { } field)
            return new OptionMember(field.FieldType, field.GetValue, field.SetValue);
        return options.GetProperty(name) is { } found ? new OptionMember(found.PropertyType, found.GetValue, found.SetValue) : null;
    }
}
