using System.Numerics;
using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Binding;

/// <summary>A string.</summary>
internal sealed class TextFormat(bool allowEmpty = false) : ValueFormat<string>
{
    public override string Expected => allowEmpty ? "a string" : "a string that is not empty";

    public override bool TryRead(LocatedNode node, BindingContext context, out string value)
    {
        value = (node as LocatedText)?.Value ?? "";
        return (node is LocatedText && (allowEmpty || value.Length > 0)) || Mismatch(node, context);
    }

    // What would read the environment is written so that it does not.
    public override JsonNode? Write(string value) => JsonValue.Create(value.Replace("${", "$${", StringComparison.Ordinal));

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (!allowEmpty)
            schema["minLength"] = 1;
        return schema;
    }
}

/// <summary>True or false.</summary>
internal sealed class BooleanFormat : ValueFormat<bool>
{
    public override string Expected => "true or false";

    public override bool TryRead(LocatedNode node, BindingContext context, out bool value)
    {
        value = (node as LocatedBoolean)?.Value ?? false;
        return node is LocatedBoolean || Mismatch(node, context);
    }

    public override JsonNode? Write(bool value) => JsonValue.Create(value);

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}

/// <summary>A whole number.</summary>
internal class WholeNumberFormat<T>(T minimum, T maximum) : ValueFormat<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public override string Expected => maximum == T.MaxValue
        ? minimum == T.MinValue ? "a whole number" : string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {minimum}")
        : string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}");

    public override bool TryRead(LocatedNode node, BindingContext context, out T value)
    {
        value = T.Zero;
        return (node is LocatedNumber number
                && T.TryParse(number.Literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                && value >= minimum && value <= maximum)
            || Mismatch(node, context);
    }

    public override JsonNode? Write(T value) => JsonValue.Create(long.CreateChecked(value));

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "integer" };
        if (minimum != T.MinValue || T.MinValue == T.Zero)
            schema["minimum"] = long.CreateChecked(minimum);
        if (maximum != T.MaxValue)
            schema["maximum"] = long.CreateChecked(maximum);
        return schema;
    }
}

/// <summary>A whole number of 32 bits.</summary>
internal sealed class IntegerFormat(int minimum, int maximum) : WholeNumberFormat<int>(minimum, maximum);

/// <summary>A number of double precision.</summary>
internal sealed class NumberFormat(double minimum, double maximum, bool maximumExcluded = false, bool minimumExcluded = false) : ValueFormat<double>
{
    public override string Expected => (double.IsFinite(minimum), double.IsFinite(maximum)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $"a number from {(minimumExcluded ? "above " : "")}{minimum} to {(maximumExcluded ? "below " : "")}{maximum}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"a number {(minimumExcluded ? "above" : "of at least")} {minimum}"),
        _ => "a number",
    };

    public override bool TryRead(LocatedNode node, BindingContext context, out double value)
    {
        value = 0;
        return (node is LocatedNumber number
                && double.TryParse(number.Literal, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                && double.IsFinite(value) && (minimumExcluded ? value > minimum : value >= minimum) && (maximumExcluded ? value < maximum : value <= maximum))
            || Mismatch(node, context);
    }

    public override JsonNode? Write(double value) => JsonValue.Create(value);

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (double.IsFinite(minimum))
            schema[minimumExcluded ? "exclusiveMinimum" : "minimum"] = minimum;
        if (double.IsFinite(maximum))
            schema[maximumExcluded ? "exclusiveMaximum" : "maximum"] = maximum;
        return schema;
    }
}

/// <summary>A number of single precision, written with the digits that single precision has.</summary>
internal sealed class SingleFormat(double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity) : ValueFormat<float>
{
    private readonly NumberFormat _number = new(minimum, maximum);

    public override string Expected => _number.Expected;

    public override bool TryRead(LocatedNode node, BindingContext context, out float value)
    {
        bool read = _number.TryRead(node, context, out double wide);
        value = (float)wide;
        return read;
    }

    public override JsonNode? Write(float value) => JsonValue.Create(value);

    public override JsonObject Schema() => _number.Schema();
}

/// <summary>One of an enumeration's names, in camel case.</summary>
internal sealed class EnumFormat<T> : ValueFormat<T>
    where T : struct, Enum
{
    private static readonly EnumNames _names = new(typeof(T));

    public override string Expected => "one of " + string.Join(", ", _names.All);

    public override bool TryRead(LocatedNode node, BindingContext context, out T value)
    {
        value = default;
        if (node is not LocatedText text)
            return Mismatch(node, context);
        if (_names.Find(text.Value) is T found)
        {
            value = found;
            return true;
        }

        context.Fault(node.Place, $"\"{text.Value}\" is not known{Suggestion.For(text.Value, _names.All)}; expected {Expected}");
        return false;
    }

    public override JsonNode? Write(T value) => JsonValue.Create(EnumNames.NameOf(value));

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. _names.All.Select(name => (JsonNode)name)]) };
}
