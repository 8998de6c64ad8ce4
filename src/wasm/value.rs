//! Plain values across the boundary.

use serde::Serialize;
#[cfg(any(feature = "function", feature = "evidence"))]
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// A value as a plain JavaScript object, `None` as `null` and maps as objects. It goes through what `serde_json` holds, so
/// that only this one type is written in two ways (docs/decisions/0002).
#[cfg(any(feature = "function", feature = "evidence", feature = "upload"))]
pub(super) fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let value =
        crate::json::value(value).map_err(|error| failure("BAD_VALUE", &error.to_string()))?;
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| failure("BAD_VALUE", &error.to_string()))
}

/// The same by its text, in the core of the page, which hands over few objects and many texts: for it the other way would be
/// another 13 KB.
#[cfg(not(any(feature = "function", feature = "evidence", feature = "upload")))]
pub(super) fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let text =
        serde_json::to_string(value).map_err(|error| failure("BAD_VALUE", &error.to_string()))?;
    js_sys::JSON::parse(&text)
}

/// A plain JavaScript value as JSON text: the core has one kind of reader, and text is the cheaper way in.
#[cfg(any(feature = "function", feature = "evidence"))]
pub(super) fn text_of(value: &JsValue) -> Result<String, JsValue> {
    js_sys::JSON::stringify(value)
        .ok()
        .and_then(|text| text.as_string())
        .ok_or_else(|| failure("BAD_VALUE", "the value cannot be written as JSON"))
}

/// A value from a plain JavaScript object; what does not fit is an error that names the place.
#[cfg(any(feature = "function", feature = "evidence"))]
pub(super) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    crate::json::read(&text_of(value)?).map_err(|error| failure("BAD_VALUE", &error.to_string()))
}

/// A JavaScript error with a code.
pub(super) fn failure(code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    // A fresh Error takes any property, so this cannot fail.
    let _ = js_sys::Reflect::set(&error, &JsValue::from_str("code"), &JsValue::from_str(code));
    error.into()
}
