using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.ML;

namespace Engine.Tests.Golden;

/// <summary>Objects out of the JSON of the golden files, by the type that is wanted.</summary>
internal static class Values
{
    public static object? Convert(JsonElement json, Type type, MLContext ml)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return json.ValueKind == JsonValueKind.Null ? null : Convert(json, inner, ml);
        if (json.ValueKind == JsonValueKind.Null)
            return null;
        if (json.ValueKind == JsonValueKind.Object && Special(json, type, ml) is { } special)
            return special;
        if (type.IsEnum)
            return Enum.Parse(type, json.GetString()!);
        if (type == typeof(string))
            return json.GetString();
        if (type == typeof(char))
            return json.GetString()![0];
        if (type == typeof(bool))
            return json.GetBoolean();
        if (type == typeof(ReadOnlyMemory<char>))
            return json.GetString().AsMemory();
        if (type.IsArray)
            return ToArray(json, type.GetElementType()!, ml);
        if (type.IsPrimitive)
            return Number(json, type);
        return Scalar(json.ToString(), type) ?? ToObject(json, type, ml);
    }

    private static object? Special(JsonElement json, Type type, MLContext ml)
    {
        if (json.TryGetProperty("$data", out var data))
            return DataSpec.Load(data, ml);
        if (json.TryGetProperty("$call", out _))
            return Calls.Invoke(json, "$call", ml);
        if (json.TryGetProperty("$pairs", out var pairs))
            return Pairs(pairs, type, ml);
        if (json.TryGetProperty("$new", out var name))
            return ToObject(json, Calls.FindType(name.GetString()!), ml);
        return null;
    }

    private static Array Pairs(JsonElement pairs, Type type, MLContext ml)
    {
        var item = type.GetGenericArguments()[0];
        var arguments = item.GetGenericArguments();
        var made = pairs.EnumerateArray().Select(p => Activator.CreateInstance(item, Convert(p[0], arguments[0], ml), Convert(p[1], arguments[1], ml))).ToArray();
        var result = Array.CreateInstance(item, made.Length);
        made.CopyTo(result, 0);
        return result;
    }

    private static object Number(JsonElement json, Type type)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            double special = double.Parse(json.GetString()!, CultureInfo.InvariantCulture);
            return type == typeof(float) ? (object)(float)special : special;
        }
        return System.Convert.ChangeType(json.GetRawText(), type, CultureInfo.InvariantCulture);
    }

    private static object? Scalar(string text, Type type)
    {
        if (type == typeof(DateTime))
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        return type == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : null;
    }

    private static Array ToArray(JsonElement json, Type item, MLContext ml)
    {
        var values = json.EnumerateArray().Select(e => Convert(e, item, ml)).ToArray();
        var array = Array.CreateInstance(item, values.Length);
        for (int i = 0; i < values.Length; i++)
            array.SetValue(values[i], i);
        return array;
    }

    /// <summary>An object of a class: by a constructor whose parameters are named, the rest by members.</summary>
    private static object ToObject(JsonElement json, Type type, MLContext ml)
    {
        var given = json.EnumerateObject().Where(p => p.Name[0] != '$').ToDictionary(p => p.Name, p => p.Value, StringComparer.OrdinalIgnoreCase);
        var constructor = type.GetConstructors().OrderBy(c => c.GetParameters().Length)
            .FirstOrDefault(c => c.GetParameters().All(p => p.HasDefaultValue || given.ContainsKey(p.Name!)))
            ?? throw new MissingMethodException(type.FullName, ".ctor(" + string.Join(", ", given.Keys) + ")");
        var parameters = constructor.GetParameters();
        if (parameters.Length == 0 && type.GetConstructors().FirstOrDefault(c => given.Keys.Any(k => !IsMember(type, k)
                && c.GetParameters().Any(p => string.Equals(p.Name, k, StringComparison.OrdinalIgnoreCase)))) is { } better)
            parameters = (constructor = better).GetParameters();
        var made = constructor.Invoke([.. parameters.Select(p => given.Remove(p.Name!, out var v) ? Convert(v, p.ParameterType, ml) : p.DefaultValue)]);
        foreach (var (name, value) in given)
            Set(made, name, value, ml);
        return made;
    }

    private static bool IsMember(Type type, string name) =>
        type.GetMember(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase).Any(m => m is FieldInfo or PropertyInfo { CanWrite: true });

    private static void Set(object target, string name, JsonElement value, MLContext ml)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        if (target.GetType().GetField(name, Flags) is { } field)
            field.SetValue(target, Convert(value, field.FieldType, ml));
        else if (target.GetType().GetProperty(name, Flags) is { CanWrite: true } property)
            property.SetValue(target, Convert(value, property.PropertyType, ml));
        else
            throw new MissingMemberException(target.GetType().FullName, name);
    }
}
